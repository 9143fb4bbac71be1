package org.inceptionspark.search.scan;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.RowPlace;

/** The Parquet files of a table, written as {@link RowPlace} writes them. */
public final class TableFiles {
  private TableFiles() {}

  public static Set<String> of(Dataset<Row> table) {
    return RowPlace.required(table).ofFiles() ? named(table) : asked(table);
  }

  /** The file of each row. */
  public static Column column(Dataset<Row> table) {
    return RowPlace.required(table).file();
  }

  private static Set<String> asked(Dataset<Row> table) {
    return new TreeSet<>(
        table.select(column(table)).distinct().as(Encoders.STRING()).collectAsList());
  }

  private static Set<String> named(Dataset<Row> table) {
    return Arrays.stream(table.inputFiles())
        .map(TableFiles::asMetadata)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Spark lists {@code file:///a%20b}, but its rows name the same file {@code file:/a%20b}. */
  private static String asMetadata(String listed) {
    return new Path(RowPlace.path(listed).toString()).toUri().toString();
  }
}
