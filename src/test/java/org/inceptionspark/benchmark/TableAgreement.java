package org.inceptionspark.benchmark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whether two tables say nearly the same of the same files. */
final class TableAgreement {
  private TableAgreement() {}

  /** The least cosine of an image's PreLogits in one table and in the other. */
  static double leastCosine(SparkSession spark, Path first, Path second) {
    Map<String, List<Float>> embeddings = new HashMap<>();
    for (Row row : rows(spark, first)) {
      embeddings.put(name(row), row.getList(1));
    }
    double least = 1;
    List<Row> others = rows(spark, second);
    for (Row row : others) {
      least = Math.min(least, cosine(embeddings.get(name(row)), row.getList(1)));
    }
    return others.size() == embeddings.size() ? least : Double.NaN;
  }

  private static List<Row> rows(SparkSession spark, Path table) {
    return spark.read().parquet(table.toString()).select("path", "prelogits").collectAsList();
  }

  private static String name(Row row) {
    String path = row.getString(0);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static double cosine(List<Float> a, List<Float> b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.size(); i++) {
      product += (double) a.get(i) * b.get(i);
      squaresA += (double) a.get(i) * a.get(i);
      squaresB += (double) b.get(i) * b.get(i);
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
