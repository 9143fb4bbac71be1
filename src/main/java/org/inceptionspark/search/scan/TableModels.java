package org.inceptionspark.search.scan;

import static org.apache.spark.sql.functions.col;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;

/** The models whose embeddings a labels table holds, with the number of rows of each. */
public record TableModels(Map<String, Long> rows) {

  public static TableModels of(Dataset<Row> table) {
    Map<String, Long> rows = new TreeMap<>();
    table
        .where(col("error").isNull())
        .groupBy("model")
        .count()
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row.getLong(1)));
    return new TableModels(rows);
  }

  /**
   * @param model a fingerprint
   * @param source where the fingerprint comes from, for the message
   * @throws ConfigurationException if the table has no rows of it
   */
  public void require(String model, String source) {
    if (!rows.containsKey(model)) {
      throw new ConfigurationException(
          source + " is model " + model + ", of which the table has no rows; it has " + this);
    }
  }

  /**
   * The only model of a table.
   *
   * @throws ConfigurationException if there are none or several
   */
  public String only() {
    if (rows.size() != 1) {
      throw new ConfigurationException("the table has " + this + "; say which with --model");
    }
    return rows.keySet().iterator().next();
  }

  @Override
  public String toString() {
    return rows.isEmpty()
        ? "no labelled rows"
        : rows.entrySet().stream()
            .map(entry -> entry.getValue() + " rows of " + entry.getKey())
            .collect(Collectors.joining(", "));
  }
}
