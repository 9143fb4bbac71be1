package org.inceptionspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.page.SelfContained.elements;
import static org.inceptionspark.page.SelfContained.ofClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.browser.Browser;
import org.inceptionspark.browser.Screen;
import org.inceptionspark.browser.View;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.labeler.Explainer;
import org.inceptionspark.page.SelfContained;
import org.inceptionspark.report.NightFigures.Failure;
import org.inceptionspark.report.NightFigures.LabelCount;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Two nights through the real job; in the second, images fail and one goes before the report. */
@Tag("site")
class NightReportTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos");
  private static final List<String> FIRST = List.of("fig.jpg", "chelsea.jpg");
  private static final List<String> SECOND =
      List.of("fig.jpg", "coffee.jpg", "rocket.jpg", "hopper.jpg");

  @TempDir static Path directory;

  private static SparkSession spark;
  private static String table;
  private static NightFigures figures;
  private static String html;

  @BeforeAll
  static void twoNights() throws IOException {
    spark = LocalSpark.session();
    table = directory.resolve("labels").toString();
    night(FIRST, LocalDate.of(2026, 1, 30));
    Path second = folder(SECOND, LocalDate.of(2026, 1, 31));
    Files.writeString(second.resolve("<b>notes&amp;<i>.jpg"), "not a picture");
    Files.write(second.resolve("empty.jpg"), new byte[0]);
    night(SECOND, LocalDate.of(2026, 1, 31));
    Files.delete(second.resolve("coffee.jpg"));
    NightReport report = NightReport.of(spark, table).model(explained());
    figures = report.figures();
    html = report.page(figures).html();
  }

  private static org.inceptionspark.labeler.LabelerSpec explained() {
    return TinyModel.builder().endPoints(List.of(Explainer.END_POINT)).build();
  }

  private static Path folder(List<String> photos, LocalDate date) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("images-" + date));
    for (String photo : photos) {
      Files.copy(
          PHOTOS.resolve(photo),
          folder.resolve(photo),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  private static void night(List<String> photos, LocalDate date) throws IOException {
    List<String> inputs = List.of(folder(photos, date).toString());
    LabelImages.using(spark)
        .model(TinyModel.spec())
        .images(ImageSource.objects(ListObjects.using(spark).inputs(inputs).execute()))
        .output(table)
        .runDate(date)
        .ifExists(IfExists.APPEND)
        .execute();
  }

  @Test
  void figuresAreThoseOfTheNightAndTheOneBefore() {
    assertThat(figures.night()).isEqualTo("2026-01-31");
    assertThat(figures.before()).contains("2026-01-30");
    assertThat(figures.totals().counts())
        .containsEntry(Outcome.LABELLED, 4L)
        .containsEntry(Outcome.NOT_AN_IMAGE, 1L)
        .containsEntry(Outcome.EMPTY, 1L)
        .containsEntry(Outcome.UNREADABLE, 0L);
    assertThat(figures.totals().images()).isEqualTo(6);
    assertThat(figures.totals().errors()).isEqualTo(2);
    assertThat(figures.totals().models()).containsExactly(TinyModel.spec().fingerprint());
    assertThat(figures.totalsBefore().counts()).containsEntry(Outcome.LABELLED, 2L);
    assertThat(figures.labels().stream().mapToLong(LabelCount::images).sum()).isEqualTo(4);
    assertThat(figures.labels().stream().mapToLong(LabelCount::imagesBefore).sum()).isEqualTo(2);
    assertThat(figures.otherLabels()).isZero();
    assertThat(figures.failures())
        .extracting(
            Failure::kind, failure -> failure.path().replaceAll(".*/images-2026-01-31/", ""))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("EMPTY", "empty.jpg"),
            org.assertj.core.groups.Tuple.tuple("NOT_AN_IMAGE", "<b>notes&amp;<i>.jpg"));
  }

  @Test
  void theyAreJsonForPrograms() throws IOException {
    JsonNode json = new ObjectMapper().readTree(figures.json());
    assertThat(json.path("night").asText()).isEqualTo("2026-01-31");
    assertThat(json.path("totals").path("counts").path("LABELLED").asLong()).isEqualTo(4);
    assertThat(json.path("totals_before").path("counts").path("LABELLED").asLong()).isEqualTo(2);
    assertThat(json.path("failures")).hasSize(2);
    assertThat(json.path("labels").path(0).has("images_before")).isTrue();
    assertThat(json.path("runs").path(0).path("run_id").asText()).isNotEmpty();
  }

  @Test
  void runsAndRatesComeFromTheirRecords() {
    assertThat(figures.runs()).hasSize(1);
    // The fig was labelled the night before; its bytes are the same.
    assertThat(figures.runs().get(0).images()).isEqualTo(5);
    assertThat(figures.runs().get(0).reused()).isEqualTo(1);
    assertThat(figures.rates())
        .extracting(NightFigures.Rate::night)
        .containsExactly("2026-01-30", "2026-01-31");
    assertThat(figures.rate().orElseThrow()).isPositive();
    assertThat(figures.rateBefore()).isPresent();
  }

  @Test
  void anEarlierNightHasItsOwnReport() throws IOException {
    NightFigures first = NightReport.of(spark, table).night("2026-01-30").figures();
    assertThat(first.before()).isEmpty();
    assertThat(first.totals().images()).isEqualTo(2);
    assertThat(first.totalsBefore().images()).isZero();
    assertThat(first.rates()).hasSize(1);
    assertThat(first.rateBefore()).isEqualTo(Optional.empty());
  }

  @Test
  void thePageShowsEverySampleAndSaysWhatIsGone() {
    Document page = SelfContained.check(html);
    assertThat(elements(page, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "At a glance", "Outcomes", "Labels", "Samples", "Least sure", "Failures", "Runs");
    assertThat(ofClass(page, "absent"))
        .extracting(Element::getTextContent)
        .hasSize(2)
        .containsOnly("not found");
    // Three photographs are still there: each as a sample, as one of the least sure, and explained.
    assertThat(elements(page, "img")).hasSize(9);
    assertThat(elements(page, "img"))
        .filteredOn(img -> img.getAttribute("alt").startsWith("what speaks for "))
        .hasSize(3);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("6 images: 4 labelled, 2 not", "<b>notes&amp;<i>.jpg")
        .contains("(before: 2)", "images a second", "2026-01-30");
  }

  @Test
  void weightsOfAnotherModelExplainNothing() {
    var other = TinyModel.builder().endPoints(List.of(Explainer.END_POINT)).preprocessing("keras");
    String page = NightReport.of(spark, table).model(other.build()).page(figures).html();
    assertThat(page)
        .contains("No heat maps: the weights given are model ")
        .doesNotContain("what speaks for");
  }

  @Test
  void withoutSamplesNoImageIsRead() {
    Document page =
        SelfContained.check(NightReport.of(spark, table).samples(0).page(figures).html());
    assertThat(elements(page, "img")).isEmpty();
    assertThat(elements(page, "h2"))
        .extracting(Element::getTextContent)
        .doesNotContain("Samples", "Least sure");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> NightReport.of(spark, table).night("2026-02-01").figures())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "table " + table + " has no night 2026-02-01; it has 2, from 2026-01-30 to 2026-01-31");
    assertThatThrownBy(() -> NightReport.of(spark, directory.resolve("none").toString()).figures())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("table " + directory.resolve("none") + " does not exist");
  }

  @Test
  void readsOnADesktopAndOnAPhone() throws Exception {
    try (Browser browser = Browser.start()) {
      for (Screen screen : Screen.values()) {
        View view = browser.open(html, screen);
        view.screenshot(Path.of("target/screenshots/report-" + screen + ".png"));
        assertThat(view.overhang()).as("pixels beyond the right edge").isZero();
        assertThat(view.brokenPictures()).isZero();
        assertThat(view.leastContrast()).as("contrast").isGreaterThanOrEqualTo(4.5);
        assertThat(view.requests()).isEmpty();
        assertThat(view.complaints()).isEmpty();
      }
    }
  }
}
