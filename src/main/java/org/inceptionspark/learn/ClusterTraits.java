package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What distinguishes clusters with the same labels: classes whose logits are higher in one than in
 * all of them, measured by the difference of means in standard deviations. Sums are of whole
 * thousandths, so that their order does not matter.
 */
final class ClusterTraits {
  private static final double UNITS = 1000;

  /** The least difference to mention, in standard deviations, and the most classes. */
  private static final double LEAST = 0.5;

  private static final int MOST = 2;

  /** Sums of a class's logits, in thousandths. */
  private record Sum(double values, double squares, double count) {
    Sum plus(Sum other) {
      return new Sum(values + other.values, squares + other.squares, count + other.count);
    }

    double mean() {
      return values / count;
    }

    double deviation() {
      return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }
  }

  private ClusterTraits() {}

  /**
   * Names of classes by cluster, most distinctive first; empty if none is.
   *
   * @param rows with {@code cluster}, {@code logits} and {@code top}
   */
  static Map<Integer, List<String>> of(Dataset<Row> rows) {
    Column thousandths = round(col("logit").multiply(UNITS)).cast("bigint");
    Map<Integer, Map<Integer, Sum>> sums = new TreeMap<>();
    rows.where("logits is not null")
        .select(col("cluster"), posexplode(col("logits")).as(new String[] {"class", "logit"}))
        .groupBy("cluster", "class")
        .agg(
            sum(thousandths),
            sum(thousandths.multiply(thousandths).cast("decimal(38,0)")).cast("double"),
            count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                sums.computeIfAbsent(row.getInt(0), absent -> new TreeMap<>())
                    .put(row.getInt(1), new Sum(row.getLong(2), row.getDouble(3), row.getLong(4))));
    Map<Integer, Sum> all = new HashMap<>();
    sums.values().forEach(each -> each.forEach((index, s) -> all.merge(index, s, Sum::plus)));
    Map<Integer, String> names = names(rows);
    Map<Integer, List<String>> traits = new HashMap<>();
    sums.forEach((cluster, classes) -> traits.put(cluster, telling(classes, all, names)));
    return traits;
  }

  private static Map<Integer, String> names(Dataset<Row> rows) {
    Map<Integer, String> names = new HashMap<>();
    rows.select(explode(col("top")).as("label"))
        .select("label.index", "label.label")
        .distinct()
        .collectAsList()
        .forEach(row -> names.put(row.getInt(0), row.getString(1)));
    return names;
  }

  private static List<String> telling(
      Map<Integer, Sum> classes, Map<Integer, Sum> all, Map<Integer, String> names) {
    Map<Integer, Double> distances = new HashMap<>();
    classes.forEach(
        (index, sum) -> {
          double distance = (sum.mean() - all.get(index).mean()) / all.get(index).deviation();
          if (distance >= LEAST && names.containsKey(index)) {
            distances.put(index, distance);
          }
        });
    List<Integer> order = new ArrayList<>(distances.keySet());
    order.sort(
        Comparator.comparingDouble((Integer index) -> -distances.get(index))
            .thenComparing(Comparator.naturalOrder()));
    return order.stream().limit(MOST).map(names::get).toList();
  }
}
