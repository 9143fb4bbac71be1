package org.inceptionspark.search.duplicates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.search.EmbeddingTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class NearDuplicatesTest {
  @TempDir Path directory;

  private List<DuplicateGroup> groups(EmbeddingTable rows, double threshold) {
    rows.write(directory, 3);
    return NearDuplicates.in(EmbeddingTable.read(directory), EmbeddingTable.MODEL)
        .groups(threshold);
  }

  private static List<String> paths(DuplicateGroup group) {
    return group.images().stream().map(DuplicateGroup.Image::path).toList();
  }

  private static float[] angle(double degrees) {
    return new float[] {
      (float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))
    };
  }

  @Test
  void aChainOfPairsIsAGroup() {
    EmbeddingTable rows = new EmbeddingTable();
    rows.row("c", angle(20)).row("a", angle(0)).row("b", angle(10)).row("alone", angle(90));
    rows.row("y", angle(50)).row("x", angle(50)).failure("broken").row("zero", 0, 0);
    rows.model("another").row("other", angle(0));
    List<DuplicateGroup> groups = groups(rows, Math.cos(Math.toRadians(10.5)));
    assertThat(groups)
        .extracting(NearDuplicatesTest::paths)
        .containsExactly(List.of("a", "b", "c"), List.of("x", "y"));
    assertThat(groups.get(0).leastSimilarity())
        .isCloseTo(Math.cos(Math.toRadians(10)), within(1e-7));
    assertThat(groups.get(0).distinct()).isEqualTo(3);
    assertThat(groups.get(1).leastSimilarity()).isEqualTo(1);
  }

  @Test
  void theGroupsAreThoseOfComparingEveryPair() {
    EmbeddingTable rows = new EmbeddingTable().random("p/", 350, 5, 4);
    rows.night("2026-01-02").random("p/", 30, 5, 5);
    double threshold = 0.985;
    List<DuplicateGroup> groups = groups(rows, threshold);
    assertThat(groups).hasSizeGreaterThan(10);
    assertThat(groups)
        .extracting(NearDuplicatesTest::paths)
        .containsExactlyInAnyOrderElementsOf(expected(threshold));
  }

  /** Independent of the tested class: rounds of propagating the smallest name, in float64. */
  private List<List<String>> expected(double threshold) {
    Dataset<Row> table = EmbeddingTable.read(directory);
    Map<String, Float[]> vectors = new HashMap<>();
    for (Row row : table.orderBy("run_date").collectAsList()) {
      List<Float> vector = row.getList(row.fieldIndex("prelogits"));
      vectors.put(row.getAs("path"), vector.toArray(Float[]::new));
    }
    Map<String, String> names = new HashMap<>();
    vectors.keySet().forEach(path -> names.put(path, path));
    for (boolean changed = true; changed; ) {
      changed = false;
      for (String one : vectors.keySet()) {
        for (String other : vectors.keySet()) {
          if (names.get(one).compareTo(names.get(other)) < 0
              && cosine(vectors.get(one), vectors.get(other)) >= threshold) {
            names.put(other, names.get(one));
            changed = true;
          }
        }
      }
    }
    Map<String, TreeSet<String>> groups = new HashMap<>();
    names.forEach(
        (path, name) -> groups.computeIfAbsent(name, absent -> new TreeSet<>()).add(path));
    List<List<String>> large = new ArrayList<>();
    groups.values().stream()
        .filter(group -> group.size() > 1)
        .forEach(group -> large.add(List.copyOf(group)));
    return large;
  }

  private static double cosine(Float[] one, Float[] other) {
    double dot = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      dot += (double) one[i] * other[i];
      squares += (double) one[i] * one[i];
      otherSquares += (double) other[i] * other[i];
    }
    return dot / Math.sqrt(squares * otherSquares);
  }

  @Test
  void aTableWithoutDuplicatesHasNoGroups() {
    assertThat(groups(new EmbeddingTable().row("a", 1, 0).row("b", 0, 1), 0.9)).isEmpty();
    assertThatThrownBy(() -> groups(new EmbeddingTable().row("a", 1), 1.5))
        .hasMessage("the threshold must be above 0 and at most 1, found 1.5");
  }
}
