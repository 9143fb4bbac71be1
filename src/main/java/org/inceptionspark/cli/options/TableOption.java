package org.inceptionspark.cli.options;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.job.failure.ConfigurationException;
import picocli.CommandLine.Option;

/** The labels table that a command reads. */
public final class TableOption {
  @Option(
      names = "--table",
      required = true,
      paramLabel = "URI",
      description = "Labels table: a URI, or table:NAME.")
  @Names(Names.Kind.DATA)
  private String uri;

  public String uri() {
    return uri;
  }

  /**
   * @throws ConfigurationException if there is no such table
   */
  public Dataset<Row> read() {
    return Tables.read(uri);
  }

  /**
   * The whole table, after checking that a condition is valid for it.
   *
   * @throws ConfigurationException if there is no such table, or the condition does not fit
   */
  public Dataset<Row> read(Optional<String> condition) {
    return Tables.checked(read(), condition);
  }
}
