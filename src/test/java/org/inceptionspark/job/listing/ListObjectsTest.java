package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class ListObjectsTest {
  @TempDir Path directory;

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private ListObjects list(String... inputs) {
    List<String> uris = List.of(inputs).stream().map(this::uri).toList();
    return ListObjects.using(LocalSpark.session()).inputs(uris);
  }

  private String uri(String name) {
    return "file:" + (name.isEmpty() ? directory : directory.resolve(name));
  }

  private List<String> names(ListObjects listing) throws IOException {
    return listing.execute().orderBy("path").collectAsList().stream()
        .map(row -> row.getString(0).substring(uri("").length() + 1))
        .toList();
  }

  @Test
  void tellsLengthAndTime() throws IOException {
    write("a.jpg");
    Instant time = Instant.parse("2026-01-31T12:34:56Z");
    Files.setLastModifiedTime(directory.resolve("a.jpg"), FileTime.from(time));
    Row row = list("").execute().withColumn("modified", expr("unix_micros(modified)")).head();
    assertThat(row.getString(0)).isEqualTo(uri("a.jpg"));
    assertThat(row.getLong(1)).isEqualTo(5);
    assertThat(row.getLong(2)).isEqualTo(time.toEpochMilli() * 1000);
    assertThat(row.isNullAt(3)).isTrue();
  }

  @Test
  void hiddenNamesArePassedOver() throws IOException {
    write("a", ".b", "_c", "_d=1/e", "f/_g/h", "f/.i/j", "f/k", "l._COPYING_", "_SUCCESS");
    assertThat(names(list(""))).containsExactly("_d=1/e", "a", "f/k");
  }

  @Test
  void whatIsNamedIsNotHidden() throws IOException {
    write("_in/a", "_in/_b");
    assertThat(names(list("_in"))).containsExactly("_in/a");
    assertThat(names(list("_in/_b"))).containsExactly("_in/_b");
  }

  @Test
  void globsFitTheName() throws IOException {
    write("jpg/a.jpg", "jpg/b.png", "c.jpeg", "d.JPG");
    assertThat(names(list("").glob("*.{jpg,jpeg}"))).containsExactly("c.jpeg", "jpg/a.jpg");
  }

  @Test
  void anObjectBelowTwoInputsComesOnce() throws IOException {
    write("a/b/c", "a/d", "e");
    assertThat(names(list("a", "a/b", "a/b/c", "e"))).containsExactly("a/b/c", "a/d", "e");
  }

  @Test
  void manyDirectoriesAreAllListed() throws IOException {
    String[] names =
        IntStream.range(0, 300)
            .mapToObj(i -> "%d/%d/%d/x".formatted(i % 3, i % 17, i))
            .sorted()
            .toArray(String[]::new);
    write(names);
    assertThat(names(list(""))).containsExactly(names);
  }

  @Test
  void anInputThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> list("absent").execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("input " + uri("absent") + " does not exist");
  }
}
