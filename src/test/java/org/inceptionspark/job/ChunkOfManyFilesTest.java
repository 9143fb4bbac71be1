package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inceptionspark.job.SeenTable.Seen;
import org.inceptionspark.job.table.FileSizes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a reader finds while a chunk is committed: one file at once, several one by one, whole. */
class ChunkOfManyFilesTest extends ObjectStoreNights {
  private static final int IMAGES = 12;

  private static final String THREADS = "fs.s3a.committer.threads";

  /** Of few rows. */
  private static final long FILE_BYTES = 3_000;

  /** Uploads are completed side by side: the moment between two of them must be long enough. */
  @BeforeAll
  static void oneByOne() {
    spark.conf().set(THREADS, "0");
  }

  @AfterAll
  static void sideBySide() {
    spark.conf().unset(THREADS);
  }

  private static Map<String, Long> rowsByFile(List<Seen> state) {
    return state.stream().collect(Collectors.groupingBy(Seen::file, Collectors.counting()));
  }

  private static List<List<Seen>> states(String name, long fileBytes) throws Exception {
    putPhotographs(name + "/in", IMAGES);
    SeenTable seen = SeenTable.watch(spark, s3.store(), uri(name + "/labels"));
    night(name, 1).fileBytes(fileBytes).execute();
    s3.store().heal();
    List<List<Seen>> states = new ArrayList<>(seen.states());
    states.add(seen.now());
    return states;
  }

  @Test
  void eachFileAppearsWholeAndNoRowTwice() throws Exception {
    List<List<Seen>> states = states("many", FILE_BYTES);
    List<Seen> end = states.get(states.size() - 1);
    Map<String, Long> files = rowsByFile(end);
    assertThat(files).hasSizeGreaterThan(2);
    assertThat(end).hasSize(IMAGES);
    assertThat(states).as("between files").anyMatch(state -> partly(state, end));
    for (List<Seen> state : states) {
      assertThat(files).containsAllEntriesOf(rowsByFile(state));
      assertThat(SeenTable.twice(state)).isEmpty();
    }
  }

  private static boolean partly(List<Seen> state, List<Seen> end) {
    return !state.isEmpty() && state.size() < end.size();
  }

  @Test
  void aChunkOfOneFileAppearsAtOnce() throws Exception {
    assertThat(states("one", FileSizes.DEFAULT_FILE_BYTES))
        .extracting(List::size)
        .containsOnly(0, IMAGES);
  }
}
