package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.InputList;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's reader takes these names for patterns that match another directory or file too. */
class NamesLikePatternsTest {
  private static final Path PHOTOGRAPHS = Path.of("src/quickstart/photos");

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();

  private RunRecord night(String table, int day, Relabel relabel, String... photos)
      throws IOException {
    ListObjects listing =
        ListObjects.using(spark)
            .inputs(List.of(photos).stream().map(n -> PHOTOGRAPHS.resolve(n).toString()).toList());
    return LabelImages.using(spark)
        .model(TinyModel.spec())
        .images(ImageSource.listing(listing))
        .output(directory.resolve(table).toString())
        .ifExists(IfExists.APPEND)
        .selection(new Selection(relabel, Optional.empty(), OptionalLong.empty()))
        .commitEvery(1)
        .runDate(LocalDate.of(2026, 1, day))
        .execute();
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels[1]", "labels?", "{labels1,more}", "l*1"})
  void aTableIsWhereItsNameSays(String name) throws Exception {
    night("labels1", 1, Relabel.NONE, "chelsea.jpg");
    assertThat(night(name, 1, Relabel.NONE, "fig.jpg").images()).isEqualTo(1);
    RunRecord second = night(name, 2, Relabel.NONE, "chelsea.jpg", "fig.jpg");
    assertThat(List.of(second.skipped(), second.images())).containsExactly(1L, 1L);
    assertThat(night(name, 3, Relabel.ALL, "chelsea.jpg", "fig.jpg").images()).isEqualTo(2);
    String table = directory.resolve(name).toString();
    CompactTable.using(spark).table(table).before(LocalDate.of(2026, 2, 1)).execute();
    assertThat(LabelsTables.of(spark, table).rows().count()).isEqualTo(2);
    String other = directory.resolve("labels1").toString();
    assertThat(LabelsTables.of(spark, other).rows().count()).isEqualTo(1);
  }

  @Test
  void aListIsTheOneThatIsNamed() throws Exception {
    Files.writeString(directory.resolve("list1.csv"), "path\nother.jpg\n");
    Path list = Files.writeString(directory.resolve("list[1].csv"), "path\nmine.jpg\n");
    assertThat(
            InputList.of(spark, list.toString(), Optional.empty(), Optional.empty())
                .rows(Optional.empty())
                .select("path")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("file:" + directory.resolve("mine.jpg"));
  }
}
