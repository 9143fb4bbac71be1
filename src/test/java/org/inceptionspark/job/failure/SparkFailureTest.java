package org.inceptionspark.job.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures as Spark really throws them: the line says why, not only that a stage was aborted. */
class SparkFailureTest {
  @TempDir private Path directory;

  private final SparkSession spark = LocalSpark.session();

  private static Throwable failureOf(String words, Throwable cause) {
    return new SparkException(words, cause);
  }

  @Test
  void aFileThatIsNotParquetIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("part-0.parquet"), "no table at all");
    Throwable failure = catchThrowable(() -> spark.read().parquet(directory.toString()));
    assertThat(StorageFailure.describe(failure))
        .contains(file + " is not a Parquet file")
        .doesNotContain("aborted", "awaitResult", " at org.");
  }

  @Test
  void soItIsWhenAQueryNamesTheDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("part-0.parquet"), "no table at all");
    Throwable failure =
        catchThrowable(() -> spark.sql("SELECT * FROM parquet.`" + directory + "`"));
    assertThat(StorageFailure.describe(failure)).contains(file + " is not a Parquet file");
  }

  @Test
  void theWordsOfATaskAreGivenWithoutItsStack() {
    Throwable failure =
        catchThrowable(
            () ->
                spark
                    .sql("SELECT vector_l2_distance(array(float(id)), array(1F, 2F)) FROM range(3)")
                    .collect());
    assertThat(StorageFailure.describe(failure))
        .isEqualTo(
            "[VECTOR_DIMENSION_MISMATCH] vector_l2_distance: the vectors must have the same"
                + " length, found 1 and 2");
  }

  @Test
  void aFileThatVanishesIsNamed() throws IOException {
    String table = directory.resolve("table").toString();
    spark.range(3).write().parquet(table);
    var rows = spark.read().parquet(table);
    try (Stream<Path> files = Files.list(Path.of(table))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThat(StorageFailure.describe(catchThrowable(rows::collect))).contains(table + "/part-");
  }

  @Test
  void whatFailedStandsBeforeWhy() {
    Throwable failure =
        failureOf("[TASK_WRITE_FAILED] to the table", new IOException("Index 5 of 3"));
    assertThat(StorageFailure.describe(failure))
        .isEqualTo("[TASK_WRITE_FAILED] to the table: Index 5 of 3");
  }

  @Test
  void whatIsCutOffNeverHidesWhy() {
    Throwable failure = failureOf("long ".repeat(200), new IOException("the reason"));
    assertThat(StorageFailure.describe(failure))
        .startsWith("long long")
        .endsWith("...: the reason")
        .hasSizeLessThan(320);
  }

  @Test
  void aCauseWithoutWordsHasItsName() {
    Throwable failure = failureOf("Task failed", new ArithmeticException());
    assertThat(StorageFailure.describe(failure)).isEqualTo("Task failed: ArithmeticException");
  }

  @Test
  void whoEndsTheApplicationIsGuessed() {
    Throwable failure = failureOf("Job 8 cancelled because SparkContext was shut down", null);
    assertThat(StorageFailure.describe(failure)).contains("yarn application -kill");
  }
}
