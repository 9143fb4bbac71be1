// An action with one setter for each option: its steps are in classes of their own.
package org.inceptionspark.job;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.plan.NightEstimate;
import org.inceptionspark.job.plan.PartitionSizes;
import org.inceptionspark.job.plan.RunPlan;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.runs.LastRate;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.TableCommits;
import org.inceptionspark.job.task.CrashGuard;
import org.inceptionspark.job.task.CrashGuardMode;
import org.inceptionspark.job.task.InFlightMarkers;
import org.inceptionspark.job.task.Labelling;
import org.inceptionspark.job.task.PreparedModel;
import org.inceptionspark.job.task.Progress;
import org.inceptionspark.job.task.ReadAhead;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * Labels images and writes the labels table: one row per image, whatever happened to it. Objects
 * that the table holds already are skipped, and rows appear chunk by chunk; {@link TableCommits}
 * says how, and why nothing is lost or written twice.
 *
 * <pre>{@code
 * RunRecord result =
 *     LabelImages.using(spark)
 *         .model(spec)
 *         .images(ImageSource.listing(ListObjects.using(spark).inputs(uris)))
 *         .output("s3a://bucket/labels")
 *         .execute();
 * }</pre>
 */
public final class LabelImages {
  /** Images that pass through the network together by default. */
  public static final int DEFAULT_BATCH = PartitionSizes.DEFAULT_BATCH;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private LabelerSpec model;
  private ImageSource images;
  private String output;
  private LocalDate runDate = LocalDate.now(ZoneOffset.UTC);
  private IfExists ifExists = IfExists.FAIL;
  private int batch = DEFAULT_BATCH;
  private ReadAhead.Limits readAhead = ReadAhead.Limits.DEFAULT;
  private Map<String, String> options = Map.of();
  private Consumer<Progress> progress = ignored -> {};
  private Consumer<String> notices = ignored -> {};
  private Selection selection = Selection.NEW;
  private OptionalLong commitEvery = OptionalLong.empty();
  private long fileBytes = FileSizes.DEFAULT_FILE_BYTES;

  private LabelImages(SparkSession spark) {
    this.spark = spark;
    this.context = new JavaSparkContext(spark.sparkContext());
  }

  public static LabelImages using(SparkSession session) {
    return new LabelImages(session);
  }

  /** The model. Required. */
  public LabelImages model(LabelerSpec spec) {
    model = spec;
    return this;
  }

  /** What to label. Required. */
  public LabelImages images(ImageSource source) {
    images = source;
    return this;
  }

  /** The directory of the table. Required. */
  public LabelImages output(String uri) {
    output = uri;
    return this;
  }

  /** The night, as the table's partition; by default today in UTC. */
  public LabelImages runDate(LocalDate date) {
    runDate = date;
    return this;
  }

  public LabelImages ifExists(IfExists choice) {
    ifExists = choice;
    return this;
  }

  /** Images that pass through the network together. */
  public LabelImages batch(int size) {
    if (size < 1) {
      throw new ConfigurationException("batch must be at least 1, found " + size);
    }
    batch = size;
    return this;
  }

  LabelImages readAhead(ReadAhead.Limits limits) {
    readAhead = limits;
    return this;
  }

  /** Copied into the record of the run: no secrets. */
  public LabelImages options(Map<String, String> effective) {
    options = Map.copyOf(effective);
    return this;
  }

  /** Receives the progress now and then, in one of Spark's threads. */
  public LabelImages progress(Consumer<Progress> listener) {
    progress = listener;
    return this;
  }

  /** Receives, in one line, a notice of what may be unintended, before it is done. */
  public LabelImages notices(Consumer<String> listener) {
    notices = listener;
    return this;
  }

  /** Which of the images to label; by default the new ones. */
  public LabelImages selection(Selection choice) {
    selection = choice;
    return this;
  }

  /** Most images in a chunk, which is what a crash can lose; by default it depends on the cores. */
  public LabelImages commitEvery(long images) {
    if (images < 1) {
      throw new ConfigurationException("commit-every must be at least 1, found " + images);
    }
    commitEvery = OptionalLong.of(images);
    return this;
  }

  /** Wanted size of the table's files. */
  public LabelImages fileBytes(long bytes) {
    if (bytes < 1) {
      throw new ConfigurationException("file size must be at least 1, found " + bytes);
    }
    fileBytes = bytes;
    return this;
  }

  /**
   * Runs to the end.
   *
   * @throws ConfigurationException if it cannot be done as asked; then nothing is written
   * @throws IOException if storage fails outside tasks, or another run has the table
   */
  public RunRecord execute() throws IOException {
    requireAll();
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return label();
    }
  }

  private RunRecord label() throws IOException {
    LabelsTable table = table();
    CurrentRun run = new CurrentRun(facts(), table.records());
    context.setJobGroup(run.id(), "label images into " + output);
    try (PreparedModel prepared = new PreparedModel(context, model)) {
      night(run, table, prepared);
      RunRecord result = run.done();
      if (result.left() == 0) {
        markers(table).deleteAll();
      }
      return result;
    } finally {
      context.clearJobGroup();
    }
  }

  /** Plans, labels, commits. */
  private void night(CurrentRun run, LabelsTable table, PreparedModel prepared) throws IOException {
    if (table.isNew()) {
      prepared.start(); // everything listed will be labelled
    }
    try (RunPlan plan = list(table);
        TableCommits commits = table.begin(night(run))) {
      run.passedOver(plan.passedOver());
      run.recordFailure(
          () -> {
            try (LabelRun steps = new LabelRun(spark, run, prepared, settings(table, run.id()))) {
              steps.execute(plan, table, commits);
            }
          });
    }
  }

  private RunPlan list(LabelsTable table) throws IOException {
    context.sc().setJobDescription("list objects");
    return RunPlan.list(images, selection, model.fingerprint(), table);
  }

  private Night night(CurrentRun run) {
    return new Night(
        run.id(),
        run.gate(),
        Attempt.of(context.sc()),
        runDate,
        new LabelTable(model.fingerprint(), model.endPoints()),
        selection.relabel());
  }

  /**
   * Estimates what {@link #execute} would do, without reading an image or writing anything.
   *
   * @throws ConfigurationException if it cannot be done as asked
   * @throws IOException if storage fails outside tasks
   */
  public NightEstimate estimate() throws IOException {
    requireAll();
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      LabelsTable table = table();
      context.setJobGroup("dry-run", "what to label into " + output);
      try (RunPlan plan = list(table)) {
        plan.compare(table.held());
        LastRate rate = LastRate.of(table.records(), model.fingerprint());
        Optional<String> notice = ModelChange.notice(plan, model, table.records(), options);
        return NightEstimate.of(plan, model, context.defaultParallelism(), rate, notice);
      } finally {
        context.clearJobGroup();
      }
    }
  }

  private void requireAll() {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(output, "output");
  }

  private LabelsTable table() throws IOException {
    LabelsTable table = LabelsTables.of(spark, output);
    table.check(continues(table) ? IfExists.APPEND : ifExists);
    return table;
  }

  /** Whether all existing rows are from an earlier attempt of this same application. */
  private boolean continues(LabelsTable table) throws IOException {
    Attempt attempt = Attempt.of(context.sc());
    return attempt.isFurther() && table.isOnlyOf(attempt.application());
  }

  private CurrentRun.Facts facts() {
    int cores = context.defaultParallelism();
    return new CurrentRun.Facts(
        model.fingerprint(), output, runDate, context.sc().applicationId(), cores, options);
  }

  private InFlightMarkers markers(LabelsTable table) throws IOException {
    return new InFlightMarkers(
        table.besides(),
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())));
  }

  private LabelRun.Settings settings(LabelsTable table, String runId) throws IOException {
    CrashGuardMode.Place place =
        context.isLocal() ? CrashGuardMode.Place.ONE_JVM : CrashGuardMode.Place.CLUSTER;
    InFlightMarkers markers = markers(table);
    CrashGuardMode mode = CrashGuardMode.of(place, markers, table.records(), runId);
    Labelling.TaskSettings tasks =
        new Labelling.TaskSettings(batch, readAhead, new CrashGuard.Policy(markers, mode));
    return new LabelRun.Settings(commitEvery, fileBytes, tasks, progress, options, notices);
  }
}
