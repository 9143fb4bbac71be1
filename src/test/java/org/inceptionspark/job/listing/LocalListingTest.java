package org.inceptionspark.job.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.PassedOver.Names;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and links as they are on real disks: one image, one row, and nothing dropped silently. */
class LocalListingTest {
  @TempDir Path directory;

  /** A file whose name is these bytes, as a URI writes them. */
  private Path write(String raw) throws IOException {
    Path file = Path.of(URI.create(directory.toUri() + "in/" + raw));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, raw.substring(raw.lastIndexOf('/') + 1));
  }

  private String in() {
    return "file:" + directory.resolve("in");
  }

  private ListObjects listing() {
    return ListObjects.using(LocalSpark.session()).inputs(List.of(in()));
  }

  private List<String> names(ListObjects listing) throws IOException {
    return listing.execute().collectAsList().stream()
        .map(row -> row.getString(0).substring(in().length() + 1))
        .sorted()
        .toList();
  }

  private static long count(ListObjects listing, Reason reason) {
    Names names = listing.passedOver().names().get(reason);
    return names == null ? 0 : names.count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "en_US.ISO-8859-1"})
  void namesAreBytesWhateverTheLocale(String locale) throws Exception {
    write("Z%C3%BCrich/%F0%9F%98%80.jpg");
    write("caf%E9/a.jpg");
    write("gar%E7on%C3%BC.jpg");
    write("100%25.jpg");
    write("b.jpg");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ListedNames.class.getName(),
            in());
    java.environment().put("LC_ALL", locale);
    java.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = java.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).isZero();
    assertThat(printed.lines())
        .containsExactlyInAnyOrder(
            "/Z<fc>rich/<d83d><de00>.jpg %F0%9F%98%80.jpg",
            "/caf%E9/a.jpg a.jpg",
            "/gar%E7on<fc>.jpg gar%E7on%C3%BC.jpg",
            "/100%.jpg 100%25.jpg",
            "/b.jpg b.jpg");
  }

  @Test
  void aTextIsOneFileOnly() throws IOException {
    write("caf%E9.jpg");
    write("caf%25E9.jpg"); // a file whose name is what the other one's is written as
    ListObjects listing = listing();
    assertThat(names(listing)).containsExactly("caf%E9.jpg");
    assertThat(count(listing, Reason.NO_FILE)).isEqualTo(1);
  }

  @Test
  void linksThatLeadBackAreNotFollowed() throws IOException {
    write("a/1.jpg");
    write("b/2.jpg");
    Path root = directory.resolve("in");
    Files.createSymbolicLink(root.resolve("a/up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("b/up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("b/above"), directory);
    Files.createSymbolicLink(root.resolve("b/beside"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("self"), Path.of("self"));
    ListObjects listing = listing();
    assertThat(names(listing)).containsExactly("a/1.jpg", "b/2.jpg");
    assertThat(count(listing, Reason.LINK)).isEqualTo(4);
    assertThat(count(listing, Reason.NO_FILE)).isEqualTo(1);
  }

  /** Beyond 5,000 entries, a directory's directories go to all tasks: the same rows and counts. */
  @Test
  void aLargeDirectoryGivesTheSame() throws IOException {
    Path root = Files.createDirectories(directory.resolve("in"));
    for (int i = 0; i < 5_100; i++) {
      Files.createDirectory(root.resolve(String.format(Locale.ROOT, "d%04d", i)));
    }
    write("a.jpg");
    write("_hidden.jpg");
    write("_directory/c.jpg");
    write("d0007/1.jpg");
    write("d0007/_2.jpg");
    write("d5099/below/3.jpg");
    write("d5099/below/.4.jpg");
    Path out = Files.createDirectories(directory.resolve("out"));
    Files.writeString(out.resolve("5.jpg"), "5");
    Files.createSymbolicLink(root.resolve("link"), out);
    Files.createSymbolicLink(root.resolve("d0008/link"), out);
    Files.createSymbolicLink(root.resolve("d0009/up"), Path.of(".."));
    ListObjects listing = listing();
    Dataset<Row> listed = listing.execute();
    assertThat(listed.rdd().getNumPartitions()).isGreaterThan(16);
    assertThat(names(listing))
        .containsExactly(
            "a.jpg", "d0007/1.jpg", "d0008/link/5.jpg", "d5099/below/3.jpg", "link/5.jpg");
    assertThat(count(listing, Reason.HIDDEN)).isEqualTo(4);
    assertThat(count(listing, Reason.LINK)).isEqualTo(1);
  }

  @Test
  void linksThatLeadOutAreFollowedAndNotBack() throws IOException {
    write("a.jpg");
    Path one = Files.createDirectories(directory.resolve("out/one"));
    Path two = Files.createDirectories(directory.resolve("out/two"));
    Files.writeString(one.resolve("1.jpg"), "1");
    Files.writeString(two.resolve("2.jpg"), "2");
    Files.createSymbolicLink(one.resolve("two"), two);
    Files.createSymbolicLink(two.resolve("one"), one);
    Files.createSymbolicLink(two.resolve("in"), directory.resolve("in"));
    Files.createSymbolicLink(directory.resolve("in/one"), one);
    Files.createSymbolicLink(directory.resolve("in/b.jpg"), one.resolve("1.jpg"));
    assertThat(names(listing())).containsExactly("a.jpg", "b.jpg", "one/1.jpg", "one/two/2.jpg");
  }

  @Test
  void aLinkIntoAnotherInputIsNotFollowed() throws IOException {
    write("a.jpg");
    Path other = Files.createDirectories(directory.resolve("other"));
    Files.writeString(other.resolve("1.jpg"), "1");
    Files.createSymbolicLink(directory.resolve("in/other"), other);
    ListObjects listing = listing().inputs(List.of(in(), "file:" + other));
    assertThat(listing.execute().count()).isEqualTo(2);
  }

  @Test
  void theOwnTableAndOthersAreNoImages() throws IOException {
    write("a.jpg");
    write("labels/run_date=2026-01-01/part-0.snappy.parquet");
    write("labels/_SUCCESS");
    write("report.html");
    write("old/run_date=2026-01-01/part-0.c000.zstd.parquet");
    write("run_date=2026-01-01/b.jpg"); // others partition so as well
    write("index/manifest-000001.json");
    write("index/centroids-20260101T000000Z-0123abcd.f32");
    write("index/segment-20260101T000000Z-0123abcd/part-0.zstd.parquet");
    ListObjects listing = listing().output(List.of(in() + "/labels", in() + "/report.html"));
    assertThat(names(listing)).containsExactly("a.jpg", "run_date=2026-01-01/b.jpg");
    assertThat(count(listing, Reason.TABLE)).isEqualTo(6);
    assertThat(count(listing, Reason.HIDDEN)).isZero();
  }

  @Test
  void hiddenNamesAreCountedAndCanBeTaken() throws IOException {
    write("_DSC1234.jpg");
    write(".thumbs/1.jpg");
    write(".thumbs/2.jpg");
    write("a/_b/c.jpg");
    write("a/d.jpg");
    write("e.jpg._COPYING_");
    write(".a.jpg.crc");
    ListObjects listing = listing();
    assertThat(names(listing)).containsExactly("a/d.jpg");
    assertThat(listing.passedOver().names().get(Reason.HIDDEN))
        .isEqualTo(
            new Names(5, List.of(in() + "/.a.jpg.crc", in() + "/.thumbs", in() + "/_DSC1234.jpg")));
    ListObjects all = listing().hiddenNames(HiddenNames.Choice.READ);
    assertThat(names(all))
        .containsExactly(".thumbs/1.jpg", ".thumbs/2.jpg", "_DSC1234.jpg", "a/_b/c.jpg", "a/d.jpg");
    assertThat(count(all, Reason.HIDDEN)).isEqualTo(2);
  }

  @Test
  void pipesAreNoFiles() throws Exception {
    write("a.jpg");
    new ProcessBuilder("mkfifo", directory.resolve("in/pipe.jpg").toString()).start().waitFor();
    ListObjects listing = listing();
    assertThat(names(listing)).containsExactly("a.jpg");
    assertThat(count(listing, Reason.NO_FILE)).isEqualTo(1);
  }

  /** Between the driver, which finds it, and the task that lists it; or only the driver has it. */
  @Test
  void aDirectoryThatVanishesIsTold() throws IOException {
    write("a/1.jpg");
    Path gone = write("b/2.jpg");
    ListObjects listing = listing();
    Dataset<Row> found = listing.execute();
    Files.delete(gone);
    Files.delete(gone.getParent());
    assertThat(found.collectAsList()).hasSize(1);
    assertThat(count(listing, Reason.VANISHED)).isEqualTo(1);
  }

  @Test
  void aDirectoryWithoutAccessIsTold() throws IOException {
    write("a.jpg");
    Path closed = write("lost+found/b.jpg").getParent();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(closed), "root may read everything");
    ListObjects listing = listing();
    assertThat(names(listing)).containsExactly("a.jpg");
    assertThat(count(listing, Reason.NO_ACCESS)).isEqualTo(1);
  }
}
