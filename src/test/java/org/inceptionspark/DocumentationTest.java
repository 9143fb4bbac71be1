package org.inceptionspark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documentation: each leads somewhere, and each page is linked from another. */
class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndHeadings(Path page) {
    assertThat(links(page)).allSatisfy(link -> assertLeads(page, link));
  }

  @Test
  void readmeLeadsToEachPage() throws IOException {
    List<String> linked = links(Path.of("README.md")).map(link -> link.split("#")[0]).toList();

    assertThat(linked)
        .containsAll(
            pages().stream().map(Path::toString).filter(p -> p.startsWith("docs")).toList());
  }

  private static void assertLeads(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(target).as("%s in %s", link, page).exists();
    if (parts.length == 2) {
      assertThat(anchors(target)).as("%s in %s", link, page).contains(parts[1]);
    }
  }

  private static Stream<String> links(Path page) {
    return LINK.matcher(prose(page))
        .results()
        .map(found -> found.group(1))
        .filter(link -> !link.contains("://"));
  }

  /** Anchors as GitHub makes them: lower case, hyphens for spaces, no punctuation. */
  private static List<String> anchors(Path page) {
    return HEADING.matcher(prose(page)).results().map(DocumentationTest::anchor).toList();
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String prose(Path page) {
    try {
      return FENCED.matcher(Files.readString(page, UTF_8)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
