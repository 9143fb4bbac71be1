package org.inceptionspark.search.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.search.EmbeddingTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class NeighbourJoinTest {
  private static final int DIMENSIONS = 33;
  private static final int K = 7;

  @TempDir Path directory;

  @Test
  void eachQueryGetsWhatItWouldGetAlone() {
    EmbeddingTable rows =
        new EmbeddingTable().random("a/", 300, DIMENSIONS, 1).random("b/", 300, DIMENSIONS, 2);
    rows.night("2026-01-02").random("a/", 20, DIMENSIONS, 3).failure("failed");
    rows.model("another").random("c/", 50, DIMENSIONS, 4);
    rows.write(directory, 3);
    NearestNeighbours search =
        NearestNeighbours.in(EmbeddingTable.read(directory)).model(EmbeddingTable.MODEL);
    EmbeddingTable queries = new EmbeddingTable();
    List<String> expected = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    for (String name : List.of("q0", "q1", "q2", "q3", "q4")) {
      float[] query = EmbeddingTable.vector(random, DIMENSIONS);
      queries.row(name, query);
      List<Neighbour> alone = search.nearest(query, K);
      for (int i = 0; i < K; i++) {
        expected.add(
            "%s %d %s %s".formatted(name, i + 1, alone.get(i).path(), alone.get(i).similarity()));
      }
    }
    Dataset<Row> joined = search.join(queries.failure("no query").rows(), K);
    assertThat(joined.columns()).containsExactly("query", "rank", "path", "similarity");
    assertThat(joined.orderBy("query", "rank").collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactlyElementsOf(expected);
    assertThat(search.join(queries.rows().where("false"), K).count()).isZero();
  }
}
