package org.inceptionspark.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.labeler.Explainer;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.page.Page;
import org.inceptionspark.report.NightFigures.LabelCount;
import org.inceptionspark.report.NightFigures.Rate;
import org.inceptionspark.report.NightFigures.Totals;
import org.inceptionspark.report.Pictures.Picture;

/**
 * The report of a night: figures from the table and its runs, and a page of them with samples.
 *
 * <pre>{@code
 * NightReport report = NightReport.of(spark, "s3a://bucket/labels").night("2026-01-31");
 * String html = report.page(report.figures()).html();
 * }</pre>
 */
public final class NightReport {
  private static final int MOST_LABELS = 20;
  private static final int MOST_FAILURES = 100;
  private static final int SAMPLED_LABELS = 8;
  private static final int LEAST_SURE = 8;
  private static final int NIGHTS = 14;

  private final SparkSession spark;
  private final String table;
  private Optional<String> night = Optional.empty();
  private Optional<LabelerSpec> model = Optional.empty();
  private int samples = 4;

  private NightReport(SparkSession spark, String table) {
    this.spark = spark;
    this.table = table;
  }

  /**
   * @param table URI of the labels table
   */
  public static NightReport of(SparkSession spark, String table) {
    return new NightReport(spark, table);
  }

  /** The night, {@code 2026-01-31}; by default the latest in the table. */
  public NightReport night(String date) {
    night = Optional.of(date);
    return this;
  }

  /** Number of pictures for each label; with 0, the report reads no image. */
  public NightReport samples(int each) {
    if (each < 0) {
      throw new ConfigurationException("samples must be at least 0, found " + each);
    }
    samples = each;
    return this;
  }

  /**
   * The model that labelled, to show what speaks for the least certain labels. It must keep the end
   * point {@link Explainer#END_POINT}.
   */
  public NightReport model(LabelerSpec spec) {
    model = Optional.of(spec);
    return this;
  }

  /**
   * Only the figures; reads no image.
   *
   * @throws ConfigurationException if there is no such table or night
   * @throws IOException if storage fails
   */
  public NightFigures figures() throws IOException {
    return figures(NightQuery.of(rows(), table, night));
  }

  /** The figures as a page, with samples; reads the images that it shows. */
  public Page page(NightFigures figures) {
    NightQuery query = NightQuery.of(rows(), figures);
    List<String> sampled =
        figures.labels().stream()
            .filter(count -> count.images() > 0)
            .map(LabelCount::label)
            .limit(SAMPLED_LABELS)
            .toList();
    List<SampleImage> perLabel = samples == 0 ? List.of() : query.samples(sampled, samples);
    List<SampleImage> leastSure = samples == 0 ? List.of() : query.leastSure(LEAST_SURE);
    Map<String, Picture> pictures =
        Pictures.using(spark)
            .of(
                Stream.concat(perLabel.stream(), leastSure.stream())
                    .map(SampleImage::path)
                    .distinct()
                    .toList());
    Map<String, Picture> heat = heat(leastSure, figures, pictures);
    return new NightPage(
            table, figures, sampled, perLabel, leastSure, pictures, heat, note(figures))
        .page();
  }

  private Dataset<Row> rows() {
    try {
      Dataset<Row> rows = LabelsTables.of(spark, table).rows();
      return rows.select(
          "path", "length", "modified", "sha256", "top", "error", "model", "run_date");
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      String reason = StorageFailure.describe(e);
      throw new ConfigurationException(table + " is not a readable labels table: " + reason, e);
    }
  }

  private NightFigures figures(NightQuery query) throws IOException {
    List<LabelCount> labels = query.labels(MOST_LABELS);
    List<RunRecord> runs = runs();
    return new NightFigures(
        query.night(),
        query.before(),
        query.totals(),
        query.totalsBefore(),
        labels,
        labels.size() < MOST_LABELS ? 0 : query.labelsInAll() - labels.size(),
        query.failures(MOST_FAILURES),
        runs.stream().filter(run -> run.runDate().equals(query.night())).toList(),
        rates(runs, query.night()));
  }

  /** All runs, newest first. */
  private List<RunRecord> runs() throws IOException {
    Iterator<RunRecord> all = LabelsTables.of(spark, table).records().newestFirst();
    List<RunRecord> runs = new ArrayList<>();
    while (all.hasNext()) {
      runs.add(all.next());
    }
    return runs;
  }

  private static List<Rate> rates(List<RunRecord> runs, String night) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.runDate().compareTo(night) <= 0)
        .sorted(Comparator.comparing(RunRecord::runDate))
        .forEach(
            run -> {
              double[] sum = sums.computeIfAbsent(run.runDate(), date -> new double[2]);
              sum[0] += run.images();
              sum[1] += run.labellingSeconds();
            });
    List<Rate> rates =
        sums.entrySet().stream()
            .filter(entry -> entry.getValue()[1] > 0)
            .map(entry -> new Rate(entry.getKey(), entry.getValue()[0] / entry.getValue()[1]))
            .toList();
    return rates.subList(Math.max(0, rates.size() - NIGHTS), rates.size());
  }

  /** Heat maps are made only with the model that labelled. */
  private boolean explains(Totals totals) {
    return model.isPresent()
        && model.get().classes() > 0
        && totals.models().equals(List.of(model.get().fingerprint()));
  }

  private String note(NightFigures figures) {
    if (model.isEmpty() || samples == 0 || explains(figures.totals())) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "No heat maps: the weights given are model %s, the night was labelled by %s.",
        model.get().fingerprint(),
        String.join(", ", figures.totals().models()));
  }

  private Map<String, Picture> heat(
      List<SampleImage> images, NightFigures figures, Map<String, Picture> pictures) {
    if (!explains(figures.totals()) || images.isEmpty()) {
      return Map.of();
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Explainer explainer = Explainer.create(model.get());
    Map<String, Picture> heat = new HashMap<>();
    for (SampleImage image : images) {
      if (pictures.get(image.path()).thumbnail() != null) {
        heat.put(image.path(), heat(explainer, image, hadoop));
      }
    }
    return heat;
  }

  private static Picture heat(Explainer explainer, SampleImage image, Configuration hadoop) {
    try {
      byte[] bytes = Pictures.bytes(image.path(), hadoop);
      OptionalInt index = OptionalInt.of(image.index());
      return new Picture(explainer.explain(bytes, index).thumbnail(Thumbnail.CARD), null);
    } catch (IOException | ImageException e) {
      return new Picture(null, StorageFailure.describe(e));
    }
  }
}
