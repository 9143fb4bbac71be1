package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Relabel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A driver that dies at each step of replacing rows, one table for each step. Some rows of one file
 * are replaced, and all rows of another.
 */
@Tag("slow")
class DeadReplacementTest extends ObjectStoreNights {
  private static int tables;

  /** The day of the replaced rows afterwards: 1 if the swap was not yet decided, 2 if it was. */
  @ParameterizedTest
  @CsvSource({
    "PUT _replacement/.*/again/.*, 1",
    "COMPLETE _replacement/.*/rows/.*, 1",
    "PUT _replacement/.*/old/.*, 1",
    "PUT _replacement/[^/]*\\.json, 1",
    "DELETE run_date=2026-01-01/.*parquet, 2",
    "COPY run_date=2026-01-01/.*parquet, 2",
    "DELETE _replacement/.*/old/.*, 2",
    "COPY run_date=2026-01-02/.*parquet, 2",
    "DELETE _replacement/.*/rows/run_date=[^/]*/part.*, 2",
    "DELETE _replacement/[^/]*\\.json, 2"
  })
  void leavesOneRowEach(String step, int day) throws Exception {
    String name = "dead" + tables++;
    putPhotographs(name + "/in", 6);
    night(name, 1).commitEvery(2).execute(); // a file of two, of two, of two
    AtomicBoolean died = new AtomicBoolean();
    s3.store()
        .dieAt(
            write -> {
              boolean now = write.replaceFirst(" " + name + "/labels/", " ").matches(step);
              died.compareAndSet(false, now);
              return now;
            });
    LabelImages relabelling =
        night(name, 2).selection(new Selection(Relabel.ALL, Optional.empty(), OptionalLong.of(3)));
    assertThatThrownBy(relabelling::execute).isInstanceOf(IOException.class);
    assertThat(died).isTrue();
    s3.store().heal();
    assertThat(rows(name)).doesNotContainValue("LABELLED twice");
    buryHolderOf(name + "/labels/");

    LabelsTable.Cleaned cleaned = CleanTable.clean(spark, uri(name + "/labels"));
    assertThat(cleaned.replacements()).isEqualTo(day - 1);
    assertThat(rows(name))
        .containsOnlyKeys(
            "0.jpg " + day, "1.jpg " + day, "2.jpg " + day, "3.jpg 1", "4.jpg 1", "5.jpg 1")
        .doesNotContainValue("LABELLED twice");
    assertThat(keys(name + "/labels")).noneMatch(key -> key.contains("_replacement"));
    assertThat(client.listMultipartUploads(r -> r.bucket(nights).prefix(name)).uploads()).isEmpty();
  }
}
