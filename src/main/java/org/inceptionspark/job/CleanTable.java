package org.inceptionspark.job;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.LabelsTable;

/** Cleans up a table after runs that died, as each run does before it begins. */
public final class CleanTable {
  private CleanTable() {}

  /**
   * @throws ConfigurationException if there is no table
   * @throws IOException if storage fails, or another run is writing to the table
   */
  public static LabelsTable.Cleaned clean(SparkSession spark, String table) throws IOException {
    return LabelsTables.of(spark, table).clean();
  }
}
