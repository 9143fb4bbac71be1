package org.inceptionspark.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How much there is to do. */
record Totals(long objects, long bytes) {
  @Override
  public String toString() {
    return objects + " objects, " + bytes + " bytes";
  }

  static Totals of(Dataset<Row> listed) {
    Row row =
        listed
            .agg(
                functions.count(functions.lit(1)),
                functions.coalesce(functions.sum(SourceImage.LENGTH), functions.lit(0L)))
            .head();
    return new Totals(row.getLong(0), row.getLong(1));
  }
}
