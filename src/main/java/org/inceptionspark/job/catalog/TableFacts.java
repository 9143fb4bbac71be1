package org.inceptionspark.job.catalog;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a catalog says about a table besides its columns. */
final class TableFacts {
  private TableFacts() {}

  /** Such as {@code Provider} and {@code Location}. */
  static Map<String, String> of(SparkSession spark, CatalogName table) {
    Map<String, String> facts = new HashMap<>();
    boolean detailed = false;
    for (Row row : spark.sql("DESCRIBE TABLE EXTENDED " + table.sql()).collectAsList()) {
      detailed |= row.getString(0).startsWith("# Detailed Table Information");
      if (detailed) {
        facts.put(row.getString(0), row.getString(1));
      }
    }
    return facts;
  }
}
