package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * The rows of one model, since embeddings of different models cannot be compared.
 *
 * @param model its fingerprint
 * @param rows of the table
 */
public record ModelRows(String model, Dataset<Row> rows) {

  /**
   * @param wanted the model; needed only for a table with several
   * @throws ConfigurationException if the table does not have this model, or has several and none
   *     is given
   */
  public static ModelRows of(Dataset<Row> table, Optional<String> wanted) {
    return of(table, wanted, Optional.empty());
  }

  /**
   * Considers only models of rows that satisfy the condition; gives all rows of the model that is
   * found.
   *
   * @param condition in SQL, on the columns of the table
   */
  public static ModelRows of(
      Dataset<Row> table, Optional<String> wanted, Optional<String> condition) {
    List<Row> models =
        condition
            .map(table::where)
            .orElse(table)
            .groupBy("model")
            .count()
            .orderBy(col("count").desc(), col("model"))
            .collectAsList();
    List<String> names = models.stream().map(row -> row.getString(0)).toList();
    String found =
        models.stream()
            .map(row -> row.getString(0) + " (" + row.getLong(1) + " rows)")
            .collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      throw new ConfigurationException("the table has no rows");
    }
    if (wanted.isEmpty() && names.size() > 1) {
      throw new ConfigurationException(
          "the table has rows of several models, say which with --model: " + found);
    }
    String model = wanted.orElse(names.get(0));
    if (!names.contains(model)) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "the table has no rows of model %s, it has %s", model, found));
    }
    return new ModelRows(model, table.where(col("model").equalTo(model)));
  }
}
