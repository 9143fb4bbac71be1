package org.inceptionspark.job.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.LabelTable;

/**
 * The columns of a directory whose nights have different end points: their names are in {@code
 * _end_points.json}, since Spark reads the schema of one file only. A directory whose files all
 * have the same columns has no such file.
 */
final class DirectoryColumns {
  private static final String FILE = "_end_points.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final OutputTable table;

  DirectoryColumns(SparkSession spark, OutputTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** All rows of the directory. */
  Dataset<Row> rows() throws IOException {
    Optional<List<String>> noted = noted();
    return noted.isEmpty()
        ? spark.read().parquet(LiteralPaths.of(table.uri()))
        : spark
            .read()
            .schema(new LabelTable("", noted.get()).schema())
            .parquet(LiteralPaths.of(table.uri()));
  }

  private Optional<List<String>> noted() throws IOException {
    try {
      byte[] json = table.smallFiles().read(new Path(table.path(), FILE));
      return Optional.of(List.of(JSON.readValue(json, String[].class)));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  /** To be called by the lease holder, before rows with these columns are added. */
  void note(LabelTable columns) throws IOException {
    if (table.isNew()) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(noted().orElseGet(this::ofOneFile));
    boolean alike = noted().isPresent() || known.size() == columns.endPoints().size();
    if (alike && known.containsAll(columns.endPoints())) {
      return;
    }
    Set<String> all = new LinkedHashSet<>(noted().orElseGet(this::ofAllFiles));
    all.addAll(columns.endPoints());
    table.smallFiles().replace(new Path(table.path(), FILE), JSON.writeValueAsBytes(all));
  }

  private List<String> ofOneFile() {
    return endPoints(spark.read().parquet(LiteralPaths.of(table.path().toString())));
  }

  private List<String> ofAllFiles() {
    return endPoints(
        spark.read().option("mergeSchema", true).parquet(LiteralPaths.of(table.path().toString())));
  }

  private static List<String> endPoints(Dataset<Row> rows) {
    return LabelTable.ofColumns(List.of(rows.columns())).endPoints();
  }
}
