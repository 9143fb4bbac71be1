package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.explode;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * The classes of a model by name and by number.
 *
 * @param names by number, possibly not for all classes
 * @param numbers by name; where two classes share a name (ImageNet has two cranes), the first
 */
record ClassIndex(Map<Integer, String> names, Map<String, Integer> numbers)
    implements Serializable {

  /** All classes, in order. */
  static ClassIndex of(List<String> names) {
    Map<Integer, String> byNumber = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      byNumber.put(i, names.get(i));
    }
    return of(byNumber);
  }

  /** The classes that occur among the best labels of a labels table. */
  static ClassIndex seenIn(Dataset<Row> table) {
    Map<Integer, String> names = new TreeMap<>();
    table
        .select(explode(table.col("top")).as("best"))
        .select("best.index", "best.label")
        .distinct()
        .collectAsList()
        .forEach(row -> names.put(row.getInt(0), row.getString(1)));
    return of(names);
  }

  private static ClassIndex of(Map<Integer, String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach((number, name) -> numbers.putIfAbsent(name, number));
    return new ClassIndex(new TreeMap<>(names), numbers);
  }

  /**
   * @throws ConfigurationException if a label is not the name of a class
   */
  void require(Collection<String> labels) {
    TreeSet<String> unknown = new TreeSet<>(labels);
    unknown.removeAll(numbers.keySet());
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%d labels name no class that is known of the model: %s; --names gives its class names, and a column label may have them only",
              unknown.size(),
              String.join(", ", unknown.stream().limit(5).toList())));
    }
  }

  /** The name of a class, or its number in digits. */
  String name(int number) {
    return names.getOrDefault(number, Integer.toString(number));
  }
}
