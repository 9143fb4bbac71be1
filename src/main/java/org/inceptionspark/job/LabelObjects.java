package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.plan.NightEstimate;
import org.inceptionspark.job.plan.NightPlan;
import org.inceptionspark.job.plan.PartitionPlan;
import org.inceptionspark.job.plan.PartitionPlan.Chunk;
import org.inceptionspark.job.plan.Reuse;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.plan.Totals;
import org.inceptionspark.job.runs.Again;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.runs.LastRate;
import org.inceptionspark.job.runs.OutcomeCounts;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.OutputTable;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.job.table.ReplacingWriter;
import org.inceptionspark.job.table.TableWriter;
import org.inceptionspark.job.task.HashImages;
import org.inceptionspark.job.task.ImageReader;
import org.inceptionspark.job.task.Labelling;
import org.inceptionspark.job.task.ObjectReader;
import org.inceptionspark.job.task.PreparedModel;
import org.inceptionspark.job.task.Progress;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * Labels listed objects: chooses those that the table lacks, takes rows over for those whose bytes
 * it knows, computes the others chunk by chunk.
 */
final class LabelObjects {
  /**
   * @param commitEvery images in a chunk, at most
   */
  record Settings(
      Selection selection,
      OptionalLong commitEvery,
      long fileBytes,
      Labelling.TaskSettings pace,
      Consumer<Progress> progress,
      Map<String, String> options,
      Consumer<String> notices) {

    long commitEvery(FileSizes sizes, int cores) {
      return commitEvery.orElse(sizes.commitEvery(cores));
    }
  }

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final PreparedModel model;
  private final LabelerSpec spec;
  private final Settings settings;
  private final ImageSource images;
  private final FileSizes fileSizes;
  private Labelling labelling;

  LabelObjects(SparkSession spark, PreparedModel model, Settings settings, ImageSource images) {
    this.images = images;
    this.spark = spark;
    this.context = new JavaSparkContext(spark.sparkContext());
    this.model = model;
    this.spec = model.spec();
    this.settings = settings;
    this.fileSizes = FileSizes.of(spec, settings.fileBytes());
  }

  /**
   * @param listed as the source gives them; kept
   * @param found how much that is
   */
  void run(CurrentRun run, Dataset<Row> listed, Totals found, OutputTable table, LocalDate runDate)
      throws IOException {
    describe("compare with the table");
    Optional<Dataset<Row>> held = ExistingRows.find(spark, table);
    try (PersistedDataset selected = PersistedDataset.of(select(listed, held))) {
      Totals totals = selected.rows() == listed ? found : Totals.of(selected.rows());
      run.planned(found.objects(), found.objects() - totals.objects());
      change(held, found, totals, table).ifPresent(settings.notices());
      if (totals.objects() > 0) {
        model.start();
        label(run, selected.rows(), totals, held, commits(run, table, runDate));
      }
    } finally {
      if (labelling != null) {
        labelling.close();
      }
    }
  }

  /** A table that has all of this already is nothing to wonder about. */
  private Optional<String> change(
      Optional<Dataset<Row>> held, Totals found, Totals selected, OutputTable table)
      throws IOException {
    boolean nothingSkipped = found.objects() == selected.objects();
    if (held.isEmpty() || !nothingSkipped || settings.selection().relabel() != Relabel.NONE) {
      return Optional.empty();
    }
    return ModelChange.of(held.get(), spec.fingerprint(), table.records(), settings.options())
        .map(
            words ->
                String.format(Locale.ROOT, "%,d listed, 0 skipped: %s", found.objects(), words));
  }

  /** The limit comes first: nothing else is done about what lies beyond. */
  private void label(
      CurrentRun run,
      Dataset<Row> selected,
      Totals totals,
      Optional<Dataset<Row>> held,
      Commits commits)
      throws IOException {
    long wanted = settings.selection().limited(totals.objects());
    if (wanted == totals.objects()) {
      labelAll(run, selected, totals, held, commits);
      return;
    }
    describe("take the first " + wanted);
    Dataset<Row> first = selected.orderBy(SourceImage.PATH).limit(Math.toIntExact(wanted));
    try (PersistedDataset limited = PersistedDataset.of(first)) {
      labelAll(run, limited.rows(), Totals.of(limited.rows()), held, commits);
    }
  }

  private void labelAll(
      CurrentRun run,
      Dataset<Row> selected,
      Totals totals,
      Optional<Dataset<Row>> held,
      Commits commits)
      throws IOException {
    List<Commits.Part> parts = commits.parts(selected, totals);
    for (Commits.Part part : parts) {
      if (held.isPresent() && settings.selection().relabel().mayReuse()) {
        reuse(run, part, held.get(), commits);
      } else {
        compute(run, part, commits);
      }
    }
    commits.end(parts);
  }

  private Commits commits(CurrentRun run, OutputTable table, LocalDate runDate) {
    TableWriter writer = new TableWriter(table, runDate);
    Relabel relabel = settings.selection().relabel();
    return new Commits(
        table,
        writer,
        new ReplacingWriter(spark, table, writer, spec.fingerprint(), relabel, run.id()));
  }

  /** Counts what {@link #run} would do; writes nothing, and needs no lease. */
  NightEstimate estimate(
      Dataset<Row> listed, Totals found, PassedOver passedOver, OutputTable table)
      throws IOException {
    describe("compare with the table");
    Optional<Dataset<Row>> held = ExistingRows.find(spark, table);
    try (PersistedDataset selected = PersistedDataset.of(select(listed, held))) {
      Totals totals = Totals.of(selected.rows());
      long images = settings.selection().limited(totals.objects());
      return new NightEstimate(
          found.objects(),
          found.objects() - totals.objects(),
          passedOver,
          images,
          totals.bytes(),
          held.map(rows -> candidates(selected.rows(), rows)).orElse(0L),
          context.defaultParallelism(),
          LastRate.of(table.records(), spec.fingerprint()).coreHours(images),
          change(held, found, totals, table));
    }
  }

  private long candidates(Dataset<Row> objects, Dataset<Row> held) {
    return settings.selection().relabel().mayReuse()
        ? Reuse.candidates(objects, Reuse.labelled(held, spec)).count()
        : 0;
  }

  private Dataset<Row> select(Dataset<Row> listed, Optional<Dataset<Row>> held) {
    return new NightPlan(listed, held, spec.fingerprint()).select(settings.selection());
  }

  private ImageReader reader() {
    return new ObjectReader(
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())));
  }

  private void reuse(CurrentRun run, Commits.Part part, Dataset<Row> held, Commits commits)
      throws IOException {
    describe("look for known bytes");
    HashImages hashing = new HashImages(reader(), settings.pace().readAhead());
    Reuse reuse = new Reuse(spec, held, hashing, images);
    try (PersistedDataset matches = PersistedDataset.of(reuse.matches(part.objects()))) {
      long known = matches.rows().count();
      if (known == 0) {
        compute(run, part, commits);
        return;
      }
      try (PersistedDataset rows = PersistedDataset.of(reuse.rows(matches.rows()));
          PersistedDataset others =
              PersistedDataset.of(
                  commits.settled(without(part.objects(), rows.rows()), part.way()))) {
        long reused = rows.rows().count();
        Totals left = Totals.of(others.rows()); // before the table changes
        if (reused > 0) {
          describe("take over rows of known bytes");
          Dataset<Row> inFiles = TableWriter.inFiles(rows.rows(), fileSizes.files(reused));
          run.reused(reused, commits.put(inFiles, part.way()));
        }
        if (left.objects() > 0) {
          compute(run, new Commits.Part(others.rows(), left, part.way()), commits);
        }
      }
    }
  }

  private static Dataset<Row> without(Dataset<Row> objects, Dataset<Row> rows) {
    return objects
        .as("o")
        .join(
            rows.select(SourceImage.PATH).as("r"),
            col("o.path").equalTo(col("r.path")),
            "left_anti");
  }

  private void compute(CurrentRun run, Commits.Part part, Commits commits) throws IOException {
    Totals totals = part.totals();
    describe("plan partitions for " + totals);
    long commitEvery = settings.commitEvery(fileSizes, context.defaultParallelism());
    PartitionPlan plan =
        PartitionPlan.of(part.objects(), totals, totals.objects(), commitEvery, images::withBytes);
    Labelling labels = labelling();
    labels.expect(totals.objects());
    Again before = commits.again();
    for (Chunk chunk : plan.chunks()) {
      describe("label images, chunk " + chunk.number() + " of " + plan.chunks().size());
      Instant start = Instant.now();
      OutcomeCounts counts = new OutcomeCounts();
      Dataset<Row> rows =
          TableWriter.inFiles(labels.label(plan.rows(chunk)), fileSizes.files(chunk.images()));
      String committer = commits.put(counts.observe(rows), part.way());
      run.askedAgain(commits.again().minus(before));
      run.committed(counts, Duration.between(start, Instant.now()), committer);
    }
  }

  /** One for the run. Waits for the model, so it is made when the first images are labelled. */
  private Labelling labelling() {
    if (labelling == null) {
      labelling = new Labelling(context, model, reader(), settings.pace(), settings.progress());
    }
    return labelling;
  }

  private void describe(String job) {
    context.sc().setJobDescription(job);
  }
}
