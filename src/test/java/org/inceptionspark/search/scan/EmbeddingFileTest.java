package org.inceptionspark.search.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings of files of all kinds that Parquet writes, against the rows that were written. */
class EmbeddingFileTest {
  private static final int ROWS = 300;
  private static final StructType SCHEMA = new StructType().add("prelogits", LabelTable.FLOATS);

  @TempDir private Path folder;

  /** Few values are numbers of few bits and make long runs; many do not fit into a dictionary. */
  @ParameterizedTest
  @CsvSource({
    "v1, true, 1", "v1, true, 2", "v1, true, 9", "v1, true, 1000", "v1, true, 100000",
    "v2, true, 1", "v2, true, 3", "v2, true, 500", "v2, true, 100000", "v1, false, 40",
    "v2, false, 40",
  })
  void rowsAreThoseThatWereWritten(String version, boolean dictionary, int distinct)
      throws IOException {
    Random random = new Random(distinct);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(random, distinct));
    }
    Path file = write(rows, version, dictionary);
    for (int share : new int[] {1, 3, 50}) {
      long[] wanted = LongStream.range(0, ROWS).filter(i -> random.nextInt(share) == 0).toArray();
      List<float[]> found = read(file, wanted);
      assertThat(found).hasSize(wanted.length);
      for (int i = 0; i < wanted.length; i++) {
        assertThat(found.get(i)).as("row %d", wanted[i]).isEqualTo(expected(rows, wanted[i]));
      }
    }
  }

  /** An empty list is no embedding either. */
  private static float[] expected(List<float[]> rows, long row) {
    float[] values = rows.get((int) row);
    return values == null || values.length == 0 ? null : values;
  }

  /** Null, empty, or some values, at times all the same. */
  private static float[] row(Random random, int distinct) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return null;
    }
    float[] values = new float[kind == 1 ? 0 : 1 + random.nextInt(700)];
    float same = 1f / (1 + random.nextInt(distinct));
    for (int i = 0; i < values.length; i++) {
      values[i] = kind == 2 ? same : 1f / (1 + random.nextInt(distinct));
    }
    return values;
  }

  private Path write(List<float[]> rows, String version, boolean dictionary) throws IOException {
    Path table = folder.resolve("table");
    List<Row> boxed = rows.stream().map(values -> RowFactory.create((Object) values)).toList();
    LocalSpark.session()
        .createDataFrame(boxed, SCHEMA)
        .coalesce(1)
        .write()
        .option("parquet.writer.version", version)
        .option("parquet.enable.dictionary", dictionary)
        .option("parquet.page.size", 16 << 10)
        .mode(SaveMode.Overwrite)
        .parquet(table.toUri().toString());
    return onlyFile(table);
  }

  private static Path onlyFile(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static List<float[]> read(Path file, long[] wanted) throws IOException {
    List<float[]> found = new ArrayList<>();
    if (wanted.length > 0) {
      try (EmbeddingFile open =
          EmbeddingFile.open(
              file.toUri().toString(), LocalSpark.session().sessionState().newHadoopConf())) {
        open.read(wanted, (index, values) -> found.add(values == null ? null : values.clone()));
      }
    }
    return found;
  }

  /** What is promised of float16: Parquet itself writes the rounded floats in half the bytes. */
  @ParameterizedTest
  @CsvSource({"v1", "v2"})
  void float16TakesHalfTheBytes(String version) throws IOException {
    Random random = new Random(1);
    List<float[]> exact = IntStream.range(0, 64).mapToObj(i -> embedding(random, 2048)).toList();
    long full = Files.size(write(exact, version, true));
    exact.forEach(EmbeddingPrecision.FLOAT16::round);
    long half = Files.size(write(exact, version, true));
    assertThat(half).isLessThan(full * 55 / 100);
  }

  private static float[] embedding(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) Math.max(0, random.nextGaussian() * 0.4 + 0.4);
    }
    return values;
  }
}
