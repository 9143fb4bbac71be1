package org.inceptionspark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.learn.Cluster;
import org.inceptionspark.search.EmbeddingTable;
import org.inceptionspark.search.duplicates.DuplicateGroup;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.neighbours.NearestNeighbours;
import org.inceptionspark.search.neighbours.Neighbour;
import org.inceptionspark.search.neighbours.Queries;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One rule for the row that counts, whoever asks. */
class NewestRowsTest {
  private static final float[] EAST = {1, 0};

  @TempDir static Path directory;
  private static Dataset<Row> table;

  @BeforeAll
  static void write() {
    EmbeddingTable rows = new EmbeddingTable();
    rows.row("stays", 1, 0).row("changes", 1, 0).row("breaks", 1, 0).row("mends", 1, 0);
    rows.failure("mends").modified("2026-01-01T00:00:00Z");
    rows.night("2026-01-02").row("changes", 0, 1).failure("breaks").row("is north", 0, 1);
    rows.model("another").row("breaks", 1, 0).write(directory, 2);
    table = LocalSpark.session().read().parquet(directory.toUri().toString());
  }

  private static List<String> found(Optional<String> condition) {
    NearestNeighbours search = NearestNeighbours.in(table).model(EmbeddingTable.MODEL);
    return condition.map(search::where).orElse(search).nearest(EAST, 9).stream()
        .filter(neighbour -> neighbour.similarity() > 0.5)
        .map(Neighbour::path)
        .toList();
  }

  private static List<String> paths(Dataset<Row> rows) {
    return rows
        .where("model = 'model-a'")
        .selectExpr("concat_ws(' ', path, day(run_date), error.kind)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void anImageThatBrokeIsNotFoundByWhatItWas() throws Exception {
    assertThat(found(Optional.empty())).containsExactly("mends", "stays");
    assertThat(Queries.stored(table, "breaks", Optional.of(EmbeddingTable.MODEL))).isEmpty();
    assertThat(Queries.stored(table, "breaks", Optional.empty()).orElseThrow().model())
        .isEqualTo("another");
  }

  @Test
  void allColumnsAndAllWaysGiveTheSameRows() {
    List<String> expected =
        List.of("breaks 2 CORRUPT", "changes 2", "is north 2", "mends 1", "stays 1");
    assertThat(paths(NewestRows.of(table))).isEqualTo(expected);
    assertThat(paths(NewestRows.ofNarrow(table))).isEqualTo(expected);
    table.createOrReplaceTempView("labels");
    assertThat(paths(table.sparkSession().sql(NewestRows.SQL))).isEqualTo(expected);
    assertThat(NewestRows.of(table).columns()).isEqualTo(table.columns());
  }

  @Test
  void conditionsOnNightsChooseThemAndOthersAskTheNewestRow() {
    assertThat(found(Optional.of("run_date < '2026-01-02'")))
        .containsExactly("breaks", "changes", "mends", "stays");
    assertThat(found(Optional.of("top[0].label = 'label of changes'"))).isEmpty();
    assertThat(found(Optional.of("top[0].label LIKE '%es' AND run_date <= DATE '2026-01-01'")))
        .containsExactly("changes");
    assertThat(paths(NewestRows.where(table, Optional.of("error IS NULL AND sha256 LIKE '%s'"))))
        .containsExactly("changes 2", "mends 1", "stays 1");
  }

  @Test
  void duplicatesAndClustersAreOfImages() {
    assertThat(NearDuplicates.in(table, EmbeddingTable.MODEL).groups(0.99))
        .extracting(group -> group.images().stream().map(DuplicateGroup.Image::path).toList())
        .containsExactly(List.of("changes", "is north"), List.of("mends", "stays"));
    Cluster.Result clusters = Cluster.into(2).execute(table.where("model = 'model-a'"));
    assertThat(clusters.images()).isEqualTo(4);
    assertThat(clusters.assigned().select("path").distinct().count()).isEqualTo(4);
    clusters.assigned().unpersist();
  }
}
