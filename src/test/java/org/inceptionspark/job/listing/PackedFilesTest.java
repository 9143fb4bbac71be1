package org.inceptionspark.job.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.packed.PackedFile;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {
  @TempDir private Path directory;

  /** Their members, given what a table holds; without ranges, which only a scan finds. */
  private Dataset<Row> members(HiddenNames.Choice hidden, Optional<Dataset<Row>> known)
      throws Exception {
    return members("*", hidden, known);
  }

  private Dataset<Row> members(String glob, HiddenNames.Choice hidden, Optional<Dataset<Row>> known)
      throws Exception {
    ListObjects listing =
        ListObjects.using(LocalSpark.session())
            .inputs(List.of(directory.toString()))
            .hiddenNames(hidden);
    PackedNames names = new PackedNames(PackedNames.USUAL, listing.objects(), glob, hidden);
    return PackedFiles.in(LocalSpark.session(), ImageSource.listing(listing), names).rows(known);
  }

  private static Dataset<Row> asHeld(Dataset<Row> members) {
    String[] version = SourceImage.VERSION.fieldNames();
    return LocalSpark.session()
        .createDataFrame(members.selectExpr(version).collectAsList(), SourceImage.VERSION);
  }

  private static long scanned(Dataset<Row> members) {
    return members.where("range IS NOT NULL").count();
  }

  @Test
  void hiddenMembersAreFoundThoughANightHasSkippedThem() throws Exception {
    Map<String, byte[]> cameras = new TreeMap<>();
    cameras.put("a.jpg", new byte[10]);
    cameras.put("_DSC1.jpg", new byte[11]);
    cameras.put("_raw/b.jpg", new byte[12]);
    Files.write(directory.resolve("shard.tar"), PackedFile.tar(cameras));
    Dataset<Row> skipped = asHeld(members(HiddenNames.Choice.SKIP, Optional.empty()));
    assertThat(skipped.count()).isEqualTo(1);

    Dataset<Row> read = members(HiddenNames.Choice.READ, Optional.of(skipped));
    assertThat(read.select("path").collectAsList())
        .extracting(row -> row.getString(0).replaceFirst(".*!/", ""))
        .containsExactlyInAnyOrder("a.jpg", "_DSC1.jpg", "_raw/b.jpg");

    Dataset<Row> again = members(HiddenNames.Choice.READ, Optional.of(asHeld(read)));
    assertThat(again.count()).isEqualTo(3);
    assertThat(scanned(again)).as("known, and not opened").isZero();
    Dataset<Row> without = members(HiddenNames.Choice.SKIP, Optional.of(skipped));
    assertThat(without.count()).isEqualTo(1);
    assertThat(scanned(without)).isZero();
  }

  /** The version of a file says how many rows it has: a glob leaves some out, but not of these. */
  @Test
  void aMemberHasOneVersionWhateverTheGlob() throws Exception {
    Map<String, byte[]> members = new TreeMap<>();
    for (String name : List.of("a.jpg", "b.jpg", "_DSC1.jpg", "__MACOSX/._a.jpg", "a.json")) {
      members.put(name, new byte[10]);
    }
    Files.write(directory.resolve("shard.tar"), PackedFile.tar(members));
    Dataset<Row> some = asHeld(members("b*", HiddenNames.Choice.SKIP, Optional.empty()));
    assertThat(some.count()).isEqualTo(1);
    Dataset<Row> all = asHeld(members(HiddenNames.Choice.SKIP, Optional.of(some)));
    assertThat(all.count()).isEqualTo(2);
    assertThat(all.intersect(some).count()).isEqualTo(1);
  }
}
