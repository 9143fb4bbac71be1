package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Distances of vectors by a formula, against numpy in float64: the trace of the root is the sum of
 * the singular values of X Y', X and Y being the centred vectors over the root of their number less
 * one, which keeps all digits. scipy's sqrtm of S T agrees where S and T are regular.
 */
@Tag("site")
class FrechetDistanceTest {

  /** A number from 0 to 1 by integers only, spread by column, moved by seed; as numpy computed. */
  static float value(long seed, long row, long column) {
    long hash = row * 7919 + column * 104729 + seed * 15485863 & 0xffffffffL;
    for (int round = 0; round < 2; round++) {
      hash ^= hash >> 15;
      hash = hash * 2246822519L & 0xffffffffL;
      hash ^= hash >> 13;
    }
    double unit = (hash >> 8) / (double) (1 << 24);
    return (float) (unit * (0.25 + column % 7 / 8.0) + seed * 0.0625);
  }

  private static float[] vector(long seed, int row, int width) {
    float[] values = new float[width];
    for (int column = 0; column < width; column++) {
      values[column] = value(seed, row, column);
    }
    return values;
  }

  private static Moments moments(long seed, int rows, int width) {
    Moments moments = new Moments(width);
    for (int row = 0; row < rows; row++) {
      moments.add(doubles(vector(seed, row, width)), 1);
    }
    return moments;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static Dataset<Row> table(long seed, int rows, int width) {
    SyntheticTable table = new SyntheticTable();
    for (int row = 0; row < rows; row++) {
      table.image(seed + "/" + row + ".jpg", null, vector(seed, row, width), null);
    }
    return table.failure(seed + "/bad.jpg", "CORRUPT").table();
  }

  @Test
  void theFormulaIsThatOfTheReference() {
    assertThat(value(3, 1, 2)).isEqualTo(0.38893637f, within(1e-8f));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 400, 2, 500,   64,   0.39202227164305725", // both of full rank
    "1,  40, 3,  50,   64,   2.4152285067936967", // both singular
    "1, 100, 2, 120, 2048, 128.28852347704725", // as wide as embeddings
    "4,   7, 4,   7,    5,   0", // the same
  })
  void isThatOfTheReference(
      long seed, int rows, long otherSeed, int otherRows, int width, double expected) {
    Moments one = moments(seed, rows, width);
    Moments other = moments(otherSeed, otherRows, width);
    assertThat(FrechetDistance.between(one, other)).isEqualTo(expected, within(1e-6));
    assertThat(FrechetDistance.between(other, one)).isEqualTo(expected, within(1e-6));
  }

  @Test
  void ofTablesIsThatOfTheReferenceInOneDistributedPass() {
    FrechetDistance found =
        FrechetDistance.between(table(1, 400, 64).repartition(3), table(2, 500, 64));
    assertThat(found.distance()).isEqualTo(0.39202227164305725, within(1e-6));
    assertThat(found.images()).isEqualTo(400);
    assertThat(found.referenceImages()).isEqualTo(500);
    assertThat(found.within().orElseThrow()).isBetween(0.1, 0.4);
  }

  @Test
  void halvesAreTheSameWhereverTheImagesLie() {
    FrechetDistance here = FrechetDistance.between(table(1, 20, 8), copies("file:/here/"));
    FrechetDistance there = FrechetDistance.between(table(1, 20, 8), copies("s3a://there/"));
    assertThat(there.within().orElseThrow())
        .isEqualTo(here.within().orElseThrow(), within(1e-9)); // sums of tasks in any order
  }

  /** The same twenty images in a directory. */
  private static Dataset<Row> copies(String directory) {
    SyntheticTable table = new SyntheticTable();
    for (int row = 0; row < 20; row++) {
      table.image(directory + row + ".jpg", "bytes of " + row, vector(2, row, 8), null);
    }
    return table.table();
  }

  @Test
  void momentsAreThoseOfTheSumsWhateverTheBlocks() {
    int width = 300; // two tiles and a part
    double[] rows = new double[5 * width];
    Random random = new Random(3);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextGaussian();
    }
    Moments moments = new Moments(width);
    moments.add(rows, 2);
    Moments more = new Moments(width);
    more.add(java.util.Arrays.copyOfRange(rows, 2 * width, 5 * width), 3);
    double[] covariance = moments.merge(more).covariance();
    for (int i : new int[] {0, 127, 128, 299}) {
      for (int j : new int[] {0, 5, 128, 255, 256, 299}) {
        double a = 0;
        double b = 0;
        double product = 0;
        for (int row = 0; row < 5; row++) {
          a += rows[row * width + i] / 5;
          b += rows[row * width + j] / 5;
        }
        for (int row = 0; row < 5; row++) {
          product += (rows[row * width + i] - a) * (rows[row * width + j] - b);
        }
        assertThat(covariance[i * width + j]).isEqualTo(product / 4, within(1e-12));
      }
    }
  }

  @Test
  void aFactorTimesItselfIsTheMatrix() {
    double[] covariance = moments(1, 30, 64).covariance();
    SymmetricMatrices.Factor factor = SymmetricMatrices.factor(covariance, 64);
    assertThat(factor.rank()).isEqualTo(29);
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 64; j++) {
        double product = 0;
        for (int column = 0; column < factor.rank(); column++) {
          product += factor.columns()[column * 64 + i] * factor.columns()[column * 64 + j];
        }
        assertThat(product).isEqualTo(covariance[i * 64 + j], within(1e-12));
      }
    }
  }

  @Test
  void setsNeedImages() {
    assertThatThrownBy(() -> FrechetDistance.between(table(1, 1, 5), table(2, 9, 5)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the set has 1 images with an embedding, needed at least 2");
  }
}
