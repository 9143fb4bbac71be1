package org.inceptionspark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunDrift;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.page.Bars;
import org.inceptionspark.page.Bars.Bar;
import org.inceptionspark.page.Block;
import org.inceptionspark.page.Card;
import org.inceptionspark.page.Cards;
import org.inceptionspark.page.Facts;
import org.inceptionspark.page.Page;
import org.inceptionspark.page.Table;
import org.inceptionspark.page.Table.Column;
import org.inceptionspark.page.Text;
import org.inceptionspark.page.Trend;
import org.inceptionspark.report.NightFigures.Failure;
import org.inceptionspark.report.NightFigures.LabelCount;
import org.inceptionspark.report.Pictures.Picture;

/**
 * The figures of a night as a page.
 *
 * @param sampled labels in the order in which their samples are shown
 * @param heat heat maps by path, for the least certain images
 * @param note why there are no heat maps, or empty
 */
record NightPage(
    String table,
    NightFigures figures,
    List<String> sampled,
    List<SampleImage> samples,
    List<SampleImage> leastSure,
    Map<String, Picture> pictures,
    Map<String, Picture> heat,
    String note) {

  Page page() {
    long images = figures.totals().images();
    long errors = figures.totals().errors();
    Page page =
        Page.titled("Night of " + figures.night())
            .lead(
                String.format(
                    Locale.ROOT,
                    "%s images: %s labelled, %s not",
                    n(images),
                    n(images - errors),
                    n(errors)))
            .lead(table);
    page = page.section("At a glance", glance());
    page = page.section("Outcomes", outcomes());
    if (!figures.labels().isEmpty()) {
      page = page.section("Labels", labels());
    }
    if (!samples.isEmpty()) {
      page = page.section("Samples", sampleCards());
      page = page.section("Least sure", leastSureCards());
    }
    if (!figures.failures().isEmpty()) {
      page = page.section("Failures", failures());
    }
    return figures.runs().isEmpty() ? page : page.section("Runs", runs());
  }

  private List<Block> glance() {
    List<Block> blocks = new ArrayList<>();
    Facts facts = Facts.of("images", n(figures.totals().images()) + before(imagesBefore()));
    if (figures.rate().isPresent()) {
      facts = facts.and("images a second", rate(figures.rate().get()) + before(rateBefore()));
    }
    facts =
        facts
            .and("without labels", share(figures.totals()) + before(shareBefore()))
            .and("size", Sizes.of(figures.totals().bytes()))
            .and("night before", figures.before().orElse("none"));
    Optional<RunDrift> drift = figures.drift();
    if (drift.isPresent()) {
      facts = facts.and("distance from " + drift.get().against(), words(drift.get()));
    }
    blocks.add(facts.and("model", String.join(", ", figures.totals().models())));
    if (drift.isPresent() && drift.get().alarming()) {
      blocks.add(new Text("The images are farther from the night before than the alarm allows."));
    }
    figures.runs().stream()
        .filter(run -> run.status() != RunStatus.DONE)
        .forEach(run -> blocks.add(new Text(trouble(run))));
    if (figures.before().isPresent()
        && !figures.totals().models().equals(figures.totalsBefore().models())) {
      blocks.add(new Text("The model is another one than in the night before."));
    }
    if (figures.rates().size() > 1) {
      blocks.add(
          new Trend(
              "images a second, night by night",
              figures.rates().stream()
                  .map(
                      r ->
                          new Trend.Point(
                              r.night(), r.imagesPerSecond(), rate(r.imagesPerSecond())))
                  .toList()));
    }
    return blocks;
  }

  private static String words(RunDrift drift) {
    String chance =
        drift.halvesOfReference() == null
            ? ""
            : String.format(Locale.ROOT, " (by chance %.2f)", drift.halvesOfReference());
    return String.format(
        Locale.ROOT, "%.2f%s, alarm at %.2f", drift.frechetDistance(), chance, drift.alarm());
  }

  private static String trouble(RunRecord run) {
    String why = run.failure() == null ? "" : ": " + run.failure();
    return "Run " + run.runId() + " is " + run.status() + why + ".";
  }

  private Optional<String> imagesBefore() {
    return figures.before().map(date -> n(figures.totalsBefore().images()));
  }

  private Optional<String> rateBefore() {
    return figures.rateBefore().map(NightPage::rate);
  }

  private Optional<String> shareBefore() {
    return figures.before().map(date -> share(figures.totalsBefore()));
  }

  private static String before(Optional<String> words) {
    return words.map(earlier -> " (before: " + earlier + ")").orElse("");
  }

  private static String share(NightFigures.Totals totals) {
    double share = totals.images() == 0 ? 0 : 100.0 * totals.errors() / totals.images();
    return String.format(Locale.ROOT, "%.2f %%", share);
  }

  private Bars outcomes() {
    List<Bar> bars = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long now = figures.totals().counts().get(outcome);
      long earlier = figures.totalsBefore().counts().get(outcome);
      if (now + earlier > 0 || outcome == Outcome.LABELLED) {
        bars.add(bar(outcome == Outcome.LABELLED ? "labelled" : outcome.name(), now, earlier));
      }
    }
    return Bars.of("images by outcome" + tick(), bars);
  }

  private List<Block> labels() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Bars.of(
            "images by their most probable label" + tick(),
            figures.labels().stream()
                .map(count -> bar(count.label(), count.images(), count.imagesBefore()))
                .toList()));
    if (figures.otherLabels() > 0) {
      blocks.add(new Text("and " + n(figures.otherLabels()) + " more labels"));
    }
    return blocks;
  }

  private String tick() {
    return figures.before().map(date -> "; the tick is the night of " + date).orElse("");
  }

  private Bar bar(String label, long now, long earlier) {
    Bar bar = Bar.of(label, now, n(now));
    return figures.before().isEmpty()
        ? bar
        : bar.before(earlier, String.format(Locale.ROOT, "%+,d", now - earlier));
  }

  private List<Block> sampleCards() {
    List<Block> blocks = new ArrayList<>();
    for (String label : sampled) {
      List<Card> cards =
          samples.stream().filter(s -> s.label().equals(label)).map(this::card).toList();
      double probability =
          figures.labels().stream()
              .filter(count -> count.label().equals(label))
              .mapToDouble(LabelCount::probability)
              .findFirst()
              .orElse(0);
      String caption = String.format(Locale.ROOT, "%s, mean probability %.2f", label, probability);
      blocks.add(Cards.captioned(caption, cards));
    }
    return blocks;
  }

  private List<Block> leastSureCards() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Text("The images whose most probable label is the least probable."));
    if (!note.isEmpty()) {
      blocks.add(new Text(note));
    }
    if (!heat.isEmpty()) {
      blocks.add(
          new Text(
              "Colours show which places add to the label's logit, from dark to light; the white"
                  + " line is half of the most. Grey parts the network does not see."));
    }
    blocks.add(new Cards(leastSure.stream().map(this::explained).toList()));
    return blocks;
  }

  private Card explained(SampleImage image) {
    Card card = card(image).titled(image.label());
    Picture map = heat.get(image.path());
    return map == null || map.thumbnail() == null
        ? card
        : card.below(map.thumbnail(), "what speaks for " + image.label());
  }

  private Card card(SampleImage image) {
    String shown = String.format(Locale.ROOT, "%.4f", image.probability());
    return card(pictures.get(image.path()), image.label())
        .scored(shown, image.probability())
        .at(image.path());
  }

  private static Card card(Picture picture, String alternative) {
    return picture.thumbnail() == null
        ? Card.without(picture.reason())
        : Card.of(picture.thumbnail(), alternative);
  }

  private List<Block> failures() {
    Table failures =
        Table.of(
            "images without labels", Column.path("path"), Column.text("kind"), Column.text("why"));
    for (Failure failure : figures.failures()) {
      failures = failures.row(failure.path(), failure.kind(), failure.message());
    }
    long more = figures.totals().errors() - figures.failures().size();
    return more > 0 ? List.of(failures, new Text("and " + n(more) + " more")) : List.of(failures);
  }

  private Table runs() {
    Table runs =
        Table.of(
            "runs of the night, the newest first",
            Column.text("run"),
            Column.text("status"),
            Column.number("listed"),
            Column.number("skipped"),
            Column.number("reused"),
            Column.number("computed"),
            Column.number("left"),
            Column.number("images/s"),
            Column.number("seconds"));
    for (RunRecord run : figures.runs()) {
      runs =
          runs.row(
              run.runId(),
              String.valueOf(run.status()),
              n(run.listed()),
              n(run.skipped()),
              n(run.reused()),
              n(run.images()),
              n(run.left()),
              rate(run.imagesPerSecond()),
              rate(run.seconds()));
    }
    return runs;
  }

  private static String n(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }
}
