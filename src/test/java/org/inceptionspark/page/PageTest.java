package org.inceptionspark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.page.SelfContained.elements;
import static org.inceptionspark.page.SelfContained.ofClass;

import java.util.List;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.page.Table.Column;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PageTest {
  private static final String HOSTILE =
      "</style><script>alert('1')</script>\"' onerror=x & \u0007\u001b[0m ]]> \u202e \ud83d\udc08";

  /** Characters that no document may hold are replaced. */
  private static final String SHOWN = HOSTILE.replaceAll("[\u0007\u001b]", "\uFFFD");

  @Test
  void everyBlockShowsHostileTextAsText() {
    Document page = SelfContained.check(everything(HOSTILE).html());
    assertThat(elements(page, "title").get(0).getTextContent()).isEqualTo(SHOWN);
    assertThat(texts(page, "h1", "h2", "h3", "p", "dt", "dd", "caption", "figcaption", "li"))
        .hasSizeGreaterThan(12)
        .allMatch(text -> text.contains(SHOWN));
    assertThat(elements(page, "img")).extracting(e -> e.getAttribute("alt")).containsOnly(SHOWN);
  }

  @Test
  void picturesAreInsideThePage() {
    Document page = SelfContained.check(everything("x").html());
    assertThat(elements(page, "img"))
        .hasSize(3)
        .allSatisfy(
            picture -> {
              assertThat(picture.getAttribute("src")).startsWith("data:image/png;base64,iVBORw0K");
              assertThat(picture.getAttribute("width")).isEqualTo("3");
              assertThat(picture.getAttribute("height")).isEqualTo("2");
            });
  }

  @Test
  void aReasonStandsInThePlaceOfAPictureThatCannotBeHad() {
    Cards cards = new Cards(List.of(Card.without("no longer in storage").titled("a.jpg")));
    Document page = SelfContained.check(Page.titled("x").section("y", cards).html());
    assertThat(elements(page, "img")).isEmpty();
    assertThat(ofClass(page, "absent"))
        .extracting(Element::getTextContent)
        .containsExactly("no longer in storage");
  }

  @Test
  void theLongestBarFillsTheWidthAndTheOthersTheirShare() {
    Bars bars =
        Bars.of(
            "images",
            List.of(
                Bars.Bar.of("a", 400, "400").before(100, "was 100"), Bars.Bar.of("b", 50, "50")));
    Document page = SelfContained.check(Page.titled("x").section("y", bars).html());
    assertThat(ofClass(page, "part"))
        .extracting(part -> part.getAttribute("width"))
        .containsExactly("100.0", "12.5");
    assertThat(ofClass(page, "tick")).extracting(t -> t.getAttribute("x")).containsExactly("25.0");
    assertThat(ofClass(page, "number")).extracting(Element::getTextContent).contains("400", "50");
  }

  @Test
  void barsOfNothingHaveNoLength() {
    Bars bars = Bars.of("images", List.of(Bars.Bar.of("a", 0, "0")));
    assertThat(bars.length(0)).isZero();
  }

  @Test
  void aTableWithTheWrongNumberOfCellsIsRefused() {
    Table table = Table.of("failures", Column.text("path"), Column.text("kind"));
    assertThatThrownBy(() -> table.row("a.jpg"))
        .hasMessage("table \"failures\" has 2 columns, found the row [a.jpg]");
  }

  @Test
  void aTrendGoesFromTheLeftToTheRightAndUpWithTheValue() {
    Trend trend =
        new Trend(
            "images/s",
            List.of(new Trend.Point("mon", 5, "5.0"), new Trend.Point("tue", 10, "10.0")));
    assertThat(trend.corners()).isEqualTo("4.0,24.0 236.0,4.0");
  }

  private static Page everything(String text) {
    EncodedImage picture = EncodedImage.png(new RgbImage(3, 2, new byte[18]));
    return Page.titled(text)
        .lead(text)
        .section(
            text,
            new Text(text),
            Facts.of(text, text).and(text, text),
            Bars.of(text, List.of(Bars.Bar.of(text, 1, text).before(2, text))),
            Cards.captioned(
                text,
                List.of(
                    Card.of(picture, text)
                        .below(picture, text)
                        .titled(text)
                        .scored(text, 0.5)
                        .line(text),
                    Card.without(text))),
            Table.of(text, Column.path(text), Column.number(text)).row(text, text),
            new Trend(text, List.of(new Trend.Point(text, 1, text))),
            new Figure(picture, text, text));
  }

  private static List<String> texts(Document page, String... names) {
    return List.of(names).stream()
        .flatMap(name -> elements(page, name).stream())
        .map(Element::getTextContent)
        .toList();
  }
}
