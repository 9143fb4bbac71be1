package org.inceptionspark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.browser.Browser;
import org.inceptionspark.browser.Screen;
import org.inceptionspark.browser.View;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.page.Table.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All there is on a page, in a real browser; screenshots are left in {@code target/screenshots}.
 */
class PageInBrowserTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos");

  private static Browser browser;
  private static String html;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    html = everything().html();
    Files.createDirectories(Path.of("target/screenshots"));
    Files.writeString(Path.of("target/screenshots/page.html"), html);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reads(Screen screen) throws Exception {
    View view = browser.open(html, screen);
    view.screenshot(Path.of("target/screenshots/page-" + screen + ".png"));
    assertThat(view.overhang()).as("pixels beyond the right edge").isZero();
    assertThat(view.brokenPictures()).isZero();
    assertThat(view.leastContrast()).as("contrast").isGreaterThanOrEqualTo(4.5);
    assertThat(view.requests()).as("requests").isEmpty();
    assertThat(view.complaints()).isEmpty();
  }

  @Test
  void printsInBlackOnWhite() throws Exception {
    View view = browser.open(html, Screen.PHONE_IN_THE_DARK).printed();
    assertThat(view.evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(view.leastContrast()).isGreaterThanOrEqualTo(4.5);
  }

  @Test
  void aPageThatIsTakenOverStillBringsInNothing() throws Exception {
    String taken =
        html.replace(
            "<main>",
            "<main><img src=\"http://127.0.0.1:9/x.png\"/><script>document.title='owned'</script>");
    View view = browser.open(taken, Screen.DESKTOP);
    assertThat(view.evaluate("document.title").asText()).isEqualTo("Everything on a page");
    assertThat(view.complaints()).hasSize(2).allMatch(line -> line.contains("Content Security"));
  }

  private static Page everything() throws IOException, ImageException {
    List<Card> cards = new ArrayList<>();
    ImageDecoder decoder = new ImageDecoder(Orientation.APPLY, 100_000_000);
    try (Stream<Path> files = Files.list(PHOTOS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
        var pixels = decoder.decode(Files.readAllBytes(file)).pixels();
        double score = 0.99 / (1 + cards.size() / 4.0);
        cards.add(
            Card.of(Thumbnail.of(pixels, Thumbnail.CARD), "a photograph")
                .titled(file.getFileName().toString())
                .scored(String.format("%.4f", score), score)
                .line("s3a://a-bucket/with/a/rather-long-name/" + file.getFileName()));
      }
    }
    cards.add(Card.without("no longer in storage").titled("gone.jpg"));
    List<Bars.Bar> bars =
        List.of(
            Bars.Bar.of("tabby, tabby cat", 12_345, "12,345").before(11_000, "+1,345"),
            Bars.Bar.of("electric ray, crampfish, numbfish, torpedo", 4_200, "4,200")
                .before(9_000, "-4,800"),
            Bars.Bar.of("a", 3, "3"));
    return Page.titled("Everything on a page")
        .lead("12 images and one that is gone")
        .section(
            "Numbers",
            Facts.of("images", "16,548")
                .and("images a second", "33.1")
                .and("model", "15fd58c8d022342628517493d5dc239d"),
            Bars.of("images by label; the tick is the night before", bars),
            new Trend(
                "images a second",
                List.of(
                    new Trend.Point("2026-01-01", 31, "31.0"),
                    new Trend.Point("2026-01-02", 35, "35.0"),
                    new Trend.Point("2026-01-03", 33, "33.1"))))
        .section("Pictures", new Cards(cards))
        .section(
            "Failures",
            new Text("Tried again next night where storage was the reason."),
            Table.of(
                    "failed images",
                    Column.path("path"),
                    Column.text("kind"),
                    Column.number("bytes"))
                .row("s3a://a-bucket/" + "x".repeat(80) + ".jpg", "CORRUPT", "1,234,567"));
  }
}
