package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * The distance of two sets of images by their embeddings: the squared Fréchet distance of the
 * normal distributions with their means and covariances, {@code |m - n|² + tr(S + T - 2 (S T)^½)}.
 * With embeddings of Inception's graph of 2015 this is the FID (Heusel and others, 2017).
 *
 * @param distance of the two sets
 * @param within distance of two random halves of the reference, which differ only by chance; empty
 *     if a half has fewer than two images
 * @param images number in the examined set
 * @param referenceImages number in the reference
 */
public record FrechetDistance(
    double distance, OptionalDouble within, long images, long referenceImages) {
  private static final int LEAST = 2;

  /**
   * Compares two sets in one distributed pass.
   *
   * @param set rows of a labels table
   * @param reference rows of the same model
   * @throws ConfigurationException if one of them has too few images with an embedding
   */
  public static FrechetDistance between(Dataset<Row> set, Dataset<Row> reference) {
    Dataset<Row> grouped =
        embedded(set)
            .select(lit(0).as("group"), col("prelogits"))
            .union(embedded(reference).select(half().as("group"), col("prelogits")));
    List<Moments> moments = Embeddings.moments(grouped, 3);
    Moments asked = required(moments.get(0), "the set");
    OptionalDouble within = within(moments.get(1), moments.get(2));
    Moments whole = required(Embeddings.merged(moments.get(1), moments.get(2)), "the reference");
    return new FrechetDistance(between(asked, whole), within, asked.count(), whole.count());
  }

  private static OptionalDouble within(Moments first, Moments second) {
    return count(first) < LEAST || count(second) < LEAST
        ? OptionalDouble.empty()
        : OptionalDouble.of(between(first, second));
  }

  private static long count(Moments moments) {
    return moments == null ? 0 : moments.count();
  }

  private static Dataset<Row> embedded(Dataset<Row> rows) {
    return rows.where("prelogits is not null");
  }

  /** By a hash of the bytes: the same halves wherever the images are stored. */
  private static org.apache.spark.sql.Column half() {
    return when(pmod(xxhash64(coalesce(col("sha256"), col("path"))), lit(2)).equalTo(0), 1)
        .otherwise(2);
  }

  private static Moments required(Moments moments, String what) {
    if (count(moments) < LEAST) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s has %d images with an embedding, needed at least %d",
              what,
              count(moments),
              LEAST));
    }
    return moments;
  }

  /** The distance of two normal distributions. */
  static double between(Moments one, Moments other) {
    int n = one.width();
    if (n != other.width()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "embeddings of %d and of %d values have no distance", n, other.width()));
    }
    double[] difference = one.mean();
    double[] mean = other.mean();
    double[] a = one.covariance();
    double[] b = other.covariance();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (difference[i] - mean[i]) * (difference[i] - mean[i]) + a[i * n + i] + b[i * n + i];
    }
    // The set with fewer images has the lower rank, and the smaller factor.
    double root =
        one.count() <= other.count()
            ? SymmetricMatrices.traceOfRootOfProduct(a, b, n)
            : SymmetricMatrices.traceOfRootOfProduct(b, a, n);
    return Math.max(0, sum - 2 * root);
  }
}
