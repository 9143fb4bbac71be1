package org.inceptionspark.search.scan;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Parquet files of a table, written as {@code _metadata.file_path} writes them. */
public final class TableFiles {
  private TableFiles() {}

  public static Set<String> of(Dataset<Row> table) {
    return Arrays.stream(table.inputFiles())
        .map(TableFiles::asMetadata)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Spark lists {@code file:///a%20b}, but calls the same file {@code file:/a%20b} in its rows. */
  private static String asMetadata(String listed) {
    return new Path(new Path(URI.create(listed)).toString()).toUri().toString();
  }
}
