package org.inceptionspark.search.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.labels.Label;
import org.inceptionspark.search.EmbeddingTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class NearestNeighboursTest {
  private static final int DIMENSIONS = 70; // no multiple of any vector
  private static final float[] QUERY = EmbeddingTable.vector(new SplittableRandom(7), DIMENSIONS);

  @TempDir static Path directory;

  private static Dataset<Row> table;
  private static List<Row> stored;

  @BeforeAll
  static void write() {
    EmbeddingTable rows =
        new EmbeddingTable().random("a/", 400, DIMENSIONS, 1).random("b/", 400, DIMENSIONS, 1);
    for (int i = 0; i < 60; i++) {
      rows.failure("failed/" + i);
    }
    rows.night("2026-01-02").random("c/", 300, DIMENSIONS, 2);
    rows.model("model-b").row("other model", QUERY);
    table = EmbeddingTable.read(write(rows, "table"));
    stored = table.where("error is null and model = 'model-a'").collectAsList();
  }

  private static Path write(EmbeddingTable rows, String name) {
    Path path = directory.resolve(name);
    rows.write(path, 3);
    return path;
  }

  private static NearestNeighbours search(Dataset<Row> rows) {
    return NearestNeighbours.in(rows).model(EmbeddingTable.MODEL);
  }

  /** As a person would write it down: one row after another, in float64. */
  private record Expected(String path, double similarity) {
    static List<Expected> of(List<Row> rows, float[] query) {
      return rows.stream()
          .map(
              row ->
                  new Expected(
                      row.getAs("path"), cosine(row.getList(row.fieldIndex("prelogits")), query)))
          .sorted(
              Comparator.comparingDouble(Expected::similarity)
                  .reversed()
                  .thenComparing(Expected::path))
          .toList();
    }

    private static double cosine(List<Float> row, float[] query) {
      double dot = 0;
      double squares = 0;
      double querySquares = 0;
      for (int i = 0; i < query.length; i++) {
        dot += (double) row.get(i) * query[i];
        squares += (double) row.get(i) * row.get(i);
        querySquares += (double) query[i] * query[i];
      }
      return dot / Math.sqrt(squares * querySquares);
    }
  }

  @Test
  void findsWhatComparingEveryRowInFloat64Finds() {
    List<Expected> expected = Expected.of(stored, QUERY).subList(0, 25);
    List<Neighbour> found = search(table).nearest(QUERY, 25);
    assertThat(found)
        .extracting(Neighbour::path)
        .containsExactlyElementsOf(expected.stream().map(Expected::path).toList());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).similarity()).isCloseTo(expected.get(i).similarity(), within(1e-14));
    }
  }

  @Test
  void equalImagesComeInTheOrderOfTheirPaths() {
    List<Neighbour> found = search(table).nearest(QUERY, 5);
    for (int i = 0; i + 1 < found.size(); i++) {
      if (found.get(i).path().startsWith("a/")) {
        assertThat(found.get(i + 1).path()).isEqualTo(found.get(i).path().replace("a/", "b/"));
        assertThat(found.get(i + 1).similarity()).isEqualTo(found.get(i).similarity());
      }
    }
    EmbeddingTable ties = new EmbeddingTable();
    for (int i = 19; i >= 0; i--) {
      ties.row("tie/%02d".formatted(i), 1, 2);
    }
    List<Neighbour> first =
        search(EmbeddingTable.read(write(ties, "ties"))).nearest(new float[] {2, 4}, 3);
    assertThat(first).extracting(Neighbour::path).containsExactly("tie/00", "tie/01", "tie/02");
    assertThat(first).extracting(Neighbour::similarity).containsOnly(1.0);
  }

  @Test
  void aRowSaysWhatTheTableSaysOfIt() {
    Row row = stored.get(5);
    float[] query = new float[DIMENSIONS];
    List<Float> values = row.getList(row.fieldIndex("prelogits"));
    for (int i = 0; i < DIMENSIONS; i++) {
      query[i] = values.get(i);
    }
    String path = row.<String>getAs("path").replace("b/", "a/");
    Neighbour found = search(table).nearest(query, 1).get(0);
    assertThat(found)
        .isEqualTo(
            new Neighbour(
                path,
                1.0,
                LocalDate.parse(row.getAs("run_date").toString()),
                "sha256 of " + path,
                List.of(new Label(1, "label of " + path, 0.5f))));
  }

  @Test
  void aFilterMayAskForAnyColumn() {
    List<Row> matching =
        stored.stream()
            .filter(row -> row.<String>getAs("path").endsWith("7"))
            .filter(row -> row.getAs("run_date").toString().equals("2026-01-02"))
            .toList();
    assertThat(
            search(table.where("path like '%7' and run_date = '2026-01-02'")).nearest(QUERY, 100))
        .extracting(Neighbour::path)
        .containsExactlyElementsOf(
            Expected.of(matching, QUERY).stream().map(Expected::path).toList());
  }

  @Test
  void oneRowAmongManyIsFoundInItsPage() {
    assertThat(search(table.where("path = 'c/00123'")).nearest(QUERY, 10))
        .extracting(Neighbour::path)
        .containsExactly("c/00123");
  }

  @Test
  void onlyTheNewestRowOfAPathCountsAndAnErrorIsOne() {
    EmbeddingTable rows =
        new EmbeddingTable().row("changed", 1, 0).row("broken", 1, 1).row("far", 0, 1);
    rows.night("2026-01-02").modified("2026-01-01T12:00:00Z").row("changed", -1, 0);
    rows.row("twice", 1, 0).modified("2026-01-01T13:00:00Z").row("twice", 1, 0.5f);
    rows.failure("broken");
    List<Neighbour> found =
        search(EmbeddingTable.read(write(rows, "versions"))).nearest(new float[] {1, 0}, 4);
    assertThat(found).extracting(Neighbour::path).containsExactly("twice", "far", "changed");
    assertThat(found.get(0).similarity()).isCloseTo(1 / Math.sqrt(1.25), within(1e-15));
    assertThat(found.get(2).runDate()).isEqualTo(LocalDate.of(2026, 1, 2));
  }

  @Test
  void rowsWithoutDirectionAreNearNothing() {
    EmbeddingTable rows =
        new EmbeddingTable().row("zero", 0, 0).row("nan", Float.NaN, 1).row("there", 1, 1);
    Dataset<Row> read = EmbeddingTable.read(write(rows, "directions"));
    assertThat(search(read).nearest(new float[] {1, 0}, 3))
        .extracting(Neighbour::path)
        .containsExactly("there");
    assertThat(search(read).nearest(new float[] {0, 0}, 3)).isEmpty();
  }

  @Test
  void aTableWithoutSuchRowsHasNoNeighbours() {
    assertThat(search(table.where("false")).nearest(QUERY, 3)).isEmpty();
    assertThat(NearestNeighbours.in(table).model("unknown").nearest(QUERY, 3)).isEmpty();
  }

  @Test
  void theLengthOfAQueryMustFit() {
    assertThatThrownBy(() -> search(table).nearest(new float[] {1, 2}, 3))
        .hasMessageContaining("the query has 2 floats and a row has 70");
  }

  @Test
  void rowsMustComeFromFiles() {
    assertThatThrownBy(() -> search(new EmbeddingTable().row("a", 1).rows()).nearest(QUERY, 3))
        .hasMessageContaining(
            "search needs the rows of a labels table as they are read from Parquet");
  }
}
