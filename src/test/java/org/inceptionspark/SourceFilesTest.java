package org.inceptionspark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project asks of every source file. */
class SourceFilesTest {
  private static final int MOST_LINES = 300;

  @Test
  void filesAreShortUnlessTheirFirstLineGivesAReason() throws IOException {
    assertThat(sources())
        .filteredOn(file -> lines(file).size() > MOST_LINES)
        .filteredOn(file -> !lines(file).get(0).startsWith("//"))
        .as("files of more than %d lines whose first line is not a comment", MOST_LINES)
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatLivesInIt() throws IOException {
    assertThat(sources().stream().map(Path::getParent).distinct())
        .filteredOn(directory -> !directory.endsWith("org/inceptionspark"))
        .filteredOn(directory -> directory.startsWith("src/main"))
        .isNotEmpty()
        .allSatisfy(directory -> assertThat(directory.resolve("package-info.java")).exists());
  }

  @Test
  void packageInfoIsShort() throws IOException {
    assertThat(sources())
        .filteredOn(file -> file.endsWith("package-info.java"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(lines(file)).as("%s", file).hasSizeLessThan(10));
  }

  @Test
  void noRoomHasMoreFilesThanOneCanOverlook() throws IOException {
    assertThat(
            sources().stream()
                .filter(file -> file.startsWith("src/main"))
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
        .isNotEmpty()
        .allSatisfy(
            (room, files) -> assertThat(files).as("files of %s", room).isLessThanOrEqualTo(30));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
