package org.inceptionspark.search.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.benchmark.SyntheticTable;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.search.EmbeddingTable;
import org.inceptionspark.search.index.IndexManifest;
import org.inceptionspark.search.index.IndexStore;
import org.inceptionspark.search.index.Probes;
import org.inceptionspark.search.index.UpdateIndex;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An index from its first night on: each test goes on where the one before it ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("site")
@Tag("slow")
class IndexedNeighboursTest {
  private static final int DIMENSIONS = 100;
  private static final int K = 10;
  private static final Probes ALL = new Probes(1);

  @TempDir static Path directory;

  private static Path table;
  private static String index;

  @BeforeAll
  static void write() {
    table = directory.resolve("table");
    index = directory.resolve("index").toUri().toString();
    night("2026-01-01", 0, 2500);
  }

  private static void night(String date, long first, long rows) {
    new SyntheticTable(rows, 40, DIMENSIONS, EmbeddingPrecision.FLOAT32)
        .create(LocalSpark.session(), 2, date, first)
        .write()
        .mode("append")
        .partitionBy("run_date")
        .parquet(table.toUri().toString());
  }

  private static Dataset<Row> rows() {
    return EmbeddingTable.read(table);
  }

  private static UpdateIndex.Result update() throws IOException {
    return UpdateIndex.of(rows(), SyntheticTable.MODEL, index).cells(30).execute();
  }

  private static List<Neighbour> exact(float[] query) {
    return NearestNeighbours.in(rows()).model(SyntheticTable.MODEL).nearest(query, K);
  }

  private static float[] embedding(long row) throws IOException {
    String path = String.format(Locale.ROOT, "s3a://synthetic/photos/%09d.jpg", row);
    return Queries.stored(rows(), path, java.util.Optional.empty()).orElseThrow().embedding();
  }

  @Test
  @Order(1)
  void withoutAnIndexTheErrorSaysHowToMakeOne() {
    assertThatThrownBy(() -> IndexedNeighbours.open(rows(), index))
        .hasMessage(index + " holds no index; make it with jobs/index.sh");
  }

  @Test
  @Order(2)
  void fewCellsFindWhatAllRowsHold() throws IOException {
    assertThat(update()).isEqualTo(new UpdateIndex.Result(2500, 2500, 0, 30));
    IndexedNeighbours search = IndexedNeighbours.open(rows(), index);
    int found = 0;
    int queries = 0;
    for (long row = 0; row < 2500; row += 600) {
      float[] query = embedding(row);
      Set<Neighbour> nearest = new HashSet<>(search.probes(new Probes(0.2)).nearest(query, K));
      nearest.retainAll(exact(query));
      found += nearest.size();
      queries++;
    }
    assertThat((double) found / (queries * K)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  @Order(3)
  void allCellsFindExactlyWhatAnExactSearchFinds() throws IOException {
    float[] query = EmbeddingTable.vector(new SplittableRandom(3), DIMENSIONS);
    assertThat(IndexedNeighbours.open(rows(), index).probes(ALL).nearest(query, K))
        .isEqualTo(exact(query));
  }

  @Test
  @Order(4)
  void aNightThatHasNotJoinedIsComparedExactly() throws IOException {
    night("2026-01-02", 2500, 700);
    float[] query = embedding(3000);
    IndexedNeighbours search = IndexedNeighbours.open(rows(), index);
    assertThat(search.filesNotInIndex()).isEqualTo(2);
    assertThat(search.probes(ALL).nearest(query, K)).isEqualTo(exact(query));
  }

  @Test
  @Order(5)
  void aNightJoinsWithoutTheOthersBeingTouched() throws IOException {
    Set<Path> before = files();
    assertThat(update()).isEqualTo(new UpdateIndex.Result(3200, 700, 0, 30));
    assertThat(files()).containsAll(before);
    IndexedNeighbours search = IndexedNeighbours.open(rows(), index);
    assertThat(search.filesNotInIndex()).isZero();
    for (long row : List.of(1L, 3199L)) {
      assertThat(search.probes(ALL).nearest(embedding(row), K)).isEqualTo(exact(embedding(row)));
    }
  }

  @Test
  @Order(6)
  void aConditionLeavesRowsOutAsIfTheTableHadNoOthers() throws IOException {
    float[] query = embedding(3000);
    for (String condition :
        List.of("run_date = '2026-01-01'", "path like '%7.jpg'", "path like '%77.jpg'", "false")) {
      assertThat(
              IndexedNeighbours.open(rows(), index).probes(ALL).where(condition).nearest(query, K))
          .as(condition)
          .isEqualTo(
              NearestNeighbours.in(rows().where(condition))
                  .model(SyntheticTable.MODEL)
                  .nearest(query, K));
    }
  }

  @Test
  @Order(7)
  void cellsAreAddedUntilThereAreEnoughRows() throws IOException {
    String condition = "path like '%7.jpg'";
    IndexedNeighbours oneCell = IndexedNeighbours.open(rows(), index).probes(new Probes(0.01));
    assertThat(oneCell.where(condition).nearest(embedding(3000), 300)).hasSize(300);
    assertThat(oneCell.nearest(embedding(3000), 3200)).hasSize(3200);
  }

  @Test
  @Order(8)
  void rowsThatOthersReplaceMakeRoomForMore() throws IOException {
    Path again = directory.resolve("again");
    String replaced = directory.resolve("replaced").toUri().toString();
    EmbeddingTable rows = new EmbeddingTable();
    float[] query = {1, 0};
    for (int i = 0; i < 100; i++) {
      rows.night("2026-01-01").row(String.format(Locale.ROOT, "%03d.jpg", i), 1, 0.001f * i);
      rows.night("2026-01-02").row(String.format(Locale.ROOT, "%03d.jpg", i), 0.001f * i, 1);
      rows.night("2026-01-02")
          .row(String.format(Locale.ROOT, "other-%03d.jpg", i), 1, 1 + 0.01f * i);
    }
    rows.write(again, 1);
    Dataset<Row> table = EmbeddingTable.read(again);
    UpdateIndex.of(table, EmbeddingTable.MODEL, replaced).cells(4).execute();
    assertThat(IndexedNeighbours.open(table, replaced).nearest(query, K))
        .hasSize(K)
        .isEqualTo(NearestNeighbours.in(table).model(EmbeddingTable.MODEL).nearest(query, K));
  }

  @Test
  @Order(9)
  void anUpdateWithNothingNewDoesNothing() throws IOException {
    Set<Path> before = files();
    assertThat(update()).isEqualTo(new UpdateIndex.Result(3200, 0, 0, 30));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  @Order(10)
  void aNightInPiecesIsTheSameIndexAsANightAtOnce() throws IOException {
    String whole = directory.resolve("whole").toUri().toString();
    Files.createDirectories(directory.resolve("whole"));
    try (Stream<Path> centroids = Files.list(directory.resolve("index"))) {
      for (Path file : centroids.filter(path -> path.toString().endsWith(".f32")).toList()) {
        Files.copy(file, directory.resolve("whole").resolve(file.getFileName()));
      }
    }
    IndexStore store = new IndexStore(index, LocalSpark.session().sessionState().newHadoopConf());
    IndexManifest now = store.manifest().orElseThrow();
    new IndexStore(whole, LocalSpark.session().sessionState().newHadoopConf())
        .write(
            new IndexManifest(
                1, now.model(), now.dimensions(), now.cells(), now.centroids(), List.of()));
    UpdateIndex.of(rows(), SyntheticTable.MODEL, whole).execute();
    assertThat(codes(whole)).hasSize(3200).containsExactlyElementsOf(codes(index));
  }

  private static List<String> codes(String uri) {
    List<String> rows = new ArrayList<>();
    LocalSpark.session()
        .read()
        .parquet(uri + "/segment-*")
        .selectExpr("concat_ws(' ', path, cell, scale, hex(code))")
        .collectAsList()
        .forEach(row -> rows.add(row.getString(0)));
    rows.sort(null);
    return rows;
  }

  @Test
  @Order(11)
  void filesThatAreGoneLeave() throws IOException {
    try (Stream<Path> files = Files.walk(table.resolve("run_date=2026-01-01"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    LocalSpark.session().catalog().refreshByPath(table.toUri().toString());
    assertThatThrownBy(() -> IndexedNeighbours.open(rows(), index))
        .hasMessageContaining("2 files of the table are no longer there, such as ")
        .hasMessageEndingWith("; run jobs/index.sh");
    assertThat(update()).isEqualTo(new UpdateIndex.Result(700, 0, 2500, 30));
    float[] query = embedding(2900);
    assertThat(IndexedNeighbours.open(rows(), index).probes(ALL).nearest(query, K))
        .isEqualTo(exact(query));
  }

  @Test
  @Order(12)
  void anIndexIsOfOneModel() {
    assertThatThrownBy(() -> UpdateIndex.of(rows(), "another", index).execute())
        .hasMessage("the index is of model synthetic, not of another");
    assertThatThrownBy(() -> UpdateIndex.of(rows(), "another", index + "2").execute())
        .hasMessage("the table has no labelled rows of model another");
  }

  @Test
  @Order(13)
  void aQueryMustHaveTheLengthOfTheIndex() throws IOException {
    IndexedNeighbours search = IndexedNeighbours.open(rows(), index);
    assertThatThrownBy(() -> search.nearest(new float[] {1}, K))
        .hasMessage("the query has 1 floats and the index is of 100");
  }

  private static Set<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("index"))) {
      return files.filter(Files::isRegularFile).collect(java.util.stream.Collectors.toSet());
    }
  }
}
