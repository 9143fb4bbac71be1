package org.inceptionspark.search.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.browser.Browser;
import org.inceptionspark.browser.Screen;
import org.inceptionspark.browser.View;
import org.inceptionspark.labels.Label;
import org.inceptionspark.page.Facts;
import org.inceptionspark.page.SelfContained;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page of a search, as text and in a real browser; screenshots go to target/screenshots. */
class NeighboursPageTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos").toAbsolutePath();

  @TempDir static Path directory;

  private static String html;

  @BeforeAll
  static void write() throws IOException {
    Path text = Files.writeString(directory.resolve("<b>&.jpg"), "no image");
    List<Neighbour> found = new ArrayList<>();
    for (String name : List.of("dogs.jpg", "chelsea.jpg", "racoon.jpg", "coffee.jpg")) {
      found.add(neighbour("file:" + PHOTOS.resolve(name), 1 - 0.11 * found.size()));
    }
    found.add(neighbour(text.toString(), 0.3));
    found.add(neighbour("file:/gone.jpg", -0.2));
    Query query = new Query("file:" + PHOTOS.resolve("dogs.jpg"), "m", new float[] {1});
    html = new NeighboursPage(new Configuration()).html(query, found, Facts.of("model", "m"));
  }

  private static Neighbour neighbour(String path, double similarity) {
    List<Label> labels =
        List.of(new Label(1, "golden retriever", 0.75f), new Label(2, "cat", 0.1f));
    return new Neighbour(path, similarity, LocalDate.of(2026, 1, 31), "0", labels);
  }

  @Test
  void hasAllOfEachNeighbourAndNothingFromOutside() {
    Document page = SelfContained.check(html);
    assertThat(SelfContained.elements(page, "h1").get(0).getTextContent())
        .isEqualTo("Images like dogs.jpg");
    assertThat(SelfContained.elements(page, "img")).hasSize(1 + 4);
    assertThat(page.getDocumentElement().getTextContent())
        .contains(
            "1. similarity 1.0000",
            "2. similarity 0.8900",
            "golden retriever 0.7500",
            "file:" + PHOTOS.resolve("chelsea.jpg"),
            "labelled 2026-01-31",
            "<b>&.jpg",
            "no picture: not found",
            "6. similarity -0.2000");
  }

  @Test
  void readsOnAPhoneAndOnADesk() throws Exception {
    Files.createDirectories(Path.of("target/screenshots"));
    try (Browser browser = Browser.start()) {
      for (Screen screen : Screen.values()) {
        View view = browser.open(html, screen);
        view.screenshot(Path.of("target/screenshots/search-" + screen + ".png"));
        assertThat(view.overhang()).as("pixels beyond the right edge").isZero();
        assertThat(view.brokenPictures()).isZero();
        assertThat(view.leastContrast()).isGreaterThanOrEqualTo(4.5);
        assertThat(view.requests()).isEmpty();
        assertThat(view.complaints()).isEmpty();
      }
    }
  }
}
