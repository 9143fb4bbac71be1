package org.inceptionspark.cli.output;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;

/** Labels tables for commands that only read them. */
public final class Tables {
  private Tables() {}

  /**
   * Opens a labels table.
   *
   * @throws ConfigurationException if there is none
   */
  public static Dataset<Row> read(String uri) {
    SparkSession spark = CommandSession.open("inception-spark");
    try {
      Dataset<Row> table = LabelsTables.of(spark, uri).rows();
      table.select("path", "model", "top", "prelogits", "error");
      return table;
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException(
          uri + " is not a readable labels table: " + StorageFailure.describe(e), e);
    }
  }

  /**
   * Looks whether there are rows at all, which Spark would say in words about schemas.
   *
   * @throws ConfigurationException if there are none
   */
  public static void require(SparkSession spark, String name) {
    try {
      LabelsTables.of(spark, name).rows();
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("table " + name + ": " + StorageFailure.describe(e), e);
    }
  }

  /**
   * The table, if a condition can be asked of its rows.
   *
   * @throws ConfigurationException if it is no condition on this table's columns
   */
  public static Dataset<Row> checked(Dataset<Row> table, Optional<String> condition) {
    try {
      condition.ifPresent(table::where);
      return table;
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException(
          "--where "
              + condition.orElseThrow()
              + ": "
              + e.getMessage().strip().lines().findFirst().orElse(""),
          e);
    }
  }
}
