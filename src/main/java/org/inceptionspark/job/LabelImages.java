// An action with one setter for each option: its steps are in classes of their own.
package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.NoImagesException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.plan.NightEstimate;
import org.inceptionspark.job.plan.PartitionSizes;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.plan.Totals;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LockedTable;
import org.inceptionspark.job.table.OutputTable;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.job.table.TableCodec;
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
 * that the table holds already are passed over, and rows appear chunk by chunk; {@link LockedTable}
 * tells how, and why nothing is lost or written twice.
 *
 * <pre>{@code
 * LabelImagesResult result =
 *     LabelImages.using(spark)
 *         .model(spec)
 *         .images(ImageSource.listing(ListObjects.using(spark).inputs(uris)))
 *         .output("s3a://bucket/labels")
 *         .execute();
 * }</pre>
 */
public final class LabelImages {
  /** Images that pass through the network together unless said. */
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

  /** The night, as the table's partition; today in UTC unless said. */
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

  /** Goes into the record of the run as it is: no secrets. */
  public LabelImages options(Map<String, String> effective) {
    options = Map.copyOf(effective);
    return this;
  }

  /** Hears of progress now and then, in a thread of Spark's. */
  public LabelImages progress(Consumer<Progress> listener) {
    progress = listener;
    return this;
  }

  /** Hears, in a line, of what may not be meant, before it is done. */
  public LabelImages notices(Consumer<String> listener) {
    notices = listener;
    return this;
  }

  /** Which of the images; what is new unless said. */
  public LabelImages selection(Selection choice) {
    selection = choice;
    return this;
  }

  /** Images in a chunk, at most, which is what a crash can lose; chosen by cores unless said. */
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
  public LabelImagesResult execute() throws IOException {
    requireAll();
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return label();
    }
  }

  private LabelImagesResult label() throws IOException {
    OutputTable table = output();
    CurrentRun run = new CurrentRun(facts(), table.records());
    context.setJobGroup(run.id(), "label images into " + output);
    try (PreparedModel prepared = new PreparedModel(context, model)) {
      labelObjects(run, table, prepared);
      LabelImagesResult result = LabelImagesResult.of(run.done());
      if (result.left() == 0) {
        notes(table).deleteAll();
      }
      return result;
    } finally {
      context.clearJobGroup();
    }
  }

  /**
   * What {@link #execute} would do, without reading an image or writing anything.
   *
   * @throws ConfigurationException if it cannot be done as asked
   * @throws IOException if storage fails outside tasks
   */
  public NightEstimate estimate() throws IOException {
    requireAll();
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return look();
    }
  }

  private NightEstimate look() throws IOException {
    OutputTable table = output();
    context.setJobGroup("dry-run", "what to label into " + output);
    try (ImageSource source = images;
        PersistedDataset listed = PersistedDataset.of(source.rows(known(table)));
        PreparedModel unused = new PreparedModel(context, model)) {
      Totals found = totals(listed.rows());
      return workers(unused, pace(table, ""))
          .estimate(listed.rows(), found, images.passedOver(), table);
    } finally {
      context.clearJobGroup();
    }
  }

  private void requireAll() {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(output, "output");
  }

  private OutputTable output() throws IOException {
    OutputTable table = new OutputTable(output, spark.sessionState().newHadoopConf());
    table.check(continues(table) ? IfExists.APPEND : ifExists);
    TableCodec.of(spark).require();
    return table;
  }

  /** Whether the rows that are there are those of an earlier attempt of this very application. */
  private boolean continues(OutputTable table) throws IOException {
    Attempt attempt = Attempt.of(context.sc());
    return attempt.isFurther() && table.isOnlyOf(attempt.application());
  }

  private CurrentRun.Facts facts() {
    int cores = context.defaultParallelism();
    return new CurrentRun.Facts(
        model.fingerprint(), output, runDate, context.sc().applicationId(), cores, options);
  }

  private LabelObjects workers(PreparedModel prepared, Labelling.TaskSettings pace) {
    return new LabelObjects(
        spark,
        prepared,
        new LabelObjects.Settings(
            selection, commitEvery, fileBytes, pace, progress, options, notices),
        images);
  }

  private InFlightMarkers notes(OutputTable table) {
    return new InFlightMarkers(
        table.qualified().toString(),
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())));
  }

  private Labelling.TaskSettings pace(OutputTable table, String runId) throws IOException {
    CrashGuardMode.Place place =
        context.isLocal() ? CrashGuardMode.Place.ONE_JVM : CrashGuardMode.Place.CLUSTER;
    InFlightMarkers notes = notes(table);
    CrashGuardMode caution = CrashGuardMode.of(place, notes, table.records(), runId);
    return new Labelling.TaskSettings(batch, readAhead, new CrashGuard.Policy(notes, caution));
  }

  /** What a night that looks for new images has nothing to do about. */
  private Optional<Dataset<Row>> known(OutputTable table) throws IOException {
    return selection.relabel() == Relabel.NONE
        ? ExistingRows.find(spark, table)
            .map(
                rows ->
                    rows.where(col("model").equalTo(model.fingerprint()))
                        .where(ExistingRows.isFinal())
                        .selectExpr(SourceImage.VERSION.fieldNames()))
        : Optional.empty();
  }

  private Totals totals(Dataset<Row> listed) {
    context.sc().setJobDescription("list objects");
    Totals totals = Totals.of(listed);
    if (totals.objects() == 0) {
      throw new NoImagesException(
          "no images in the input: nothing there, or no name fits" + inWords(images.passedOver()));
    }
    return totals;
  }

  private static String inWords(PassedOver passedOver) {
    return passedOver.names().entrySet().stream()
        .map(found -> "; passed over: " + found.getKey().inWords(found.getValue()))
        .collect(Collectors.joining());
  }

  private void labelObjects(CurrentRun run, OutputTable table, PreparedModel prepared)
      throws IOException {
    if (table.isNew()) {
      prepared.start(); // whatever is listed will be labelled
    }
    try (ImageSource source = images;
        PersistedDataset listed = PersistedDataset.of(source.rows(known(table)))) {
      Totals found = totals(listed.rows());
      run.passedOver(images.passedOver());
      try (LockedTable owned = LockedTable.open(table, run.id(), Attempt.of(context.sc()))) {
        recordFailure(
            run,
            () ->
                workers(prepared, pace(table, run.id()))
                    .run(run, listed.rows(), found, table, runDate));
      }
    }
  }

  private RunException interrupted(Throwable e) {
    return new RunException("labels into " + output + ": interrupted", e);
  }

  private RunException failure(Throwable e) {
    return e instanceof RunException told
        ? told
        : new RunException("labels into " + output + ": " + StorageFailure.describe(e), e);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void recordFailure(CurrentRun run, Work work) throws IOException {
    try {
      work.run();
    } catch (ConfigurationException e) {
      run.refused();
      throw e;
    } catch (Throwable e) { // Spark throws checked exceptions without saying so
      RunException failure = run.isInterrupted() ? interrupted(e) : failure(e);
      run.failed(failure);
      throw failure;
    }
  }
}
