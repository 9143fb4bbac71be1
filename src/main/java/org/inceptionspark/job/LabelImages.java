package org.inceptionspark.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * Labels images and writes the labels table: one row per image, whatever happened to it, in one
 * pass and one commit.
 *
 * <pre>{@code
 * LabelImagesResult result =
 *     LabelImages.using(spark)
 *         .model(spec)
 *         .images(ImageSource.objects(ListObjects.using(spark).inputs(uris).execute()))
 *         .output("s3a://bucket/labels")
 *         .execute();
 * }</pre>
 */
public final class LabelImages {
  /** Images that pass through the network together unless said. */
  public static final int DEFAULT_BATCH = 8;

  /** A search that needs one embedding reads a page: sixteen of them instead of 128. */
  private static final int PAGE_BYTES = 128 << 10;

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

  /**
   * Runs to the end.
   *
   * @throws ConfigurationException if it cannot be done as asked; then nothing is written
   * @throws IOException if storage fails outside tasks
   */
  public LabelImagesResult execute() throws IOException {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(output, "output");
    Configuration hadoop = spark.sessionState().newHadoopConf();
    JobDefaults.requireCommitter(spark.conf(), output);
    OutputTable table = new OutputTable(output, hadoop);
    table.check(ifExists);
    CurrentRun run = new CurrentRun(facts(), table.records());
    context.setJobGroup(run.id(), "label images into " + output);
    try {
      label(run, hadoop);
      return LabelImagesResult.of(run.done());
    } catch (ConfigurationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      run.failed(e);
      throw e;
    } finally {
      context.clearJobGroup();
    }
  }

  private CurrentRun.Facts facts() {
    int cores = context.sc().defaultParallelism();
    return new CurrentRun.Facts(
        model.fingerprint(), output, runDate, context.sc().applicationId(), cores, options);
  }

  private void label(CurrentRun run, Configuration hadoop) throws IOException {
    if (images.bytes() == ImageSource.Bytes.IN_STORAGE) {
      labelObjects(run, hadoop);
    } else {
      label(run, images.rows(), new ContentReader(), OptionalLong.empty());
    }
  }

  private void labelObjects(CurrentRun run, Configuration hadoop) throws IOException {
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(hadoop));
    Dataset<Row> listed = images.rows();
    boolean kept = !listed.storageLevel().equals(StorageLevel.NONE());
    if (!kept) {
      listed.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      context.sc().setJobDescription("list objects");
      Totals totals = Totals.of(listed);
      if (totals.objects() == 0) {
        throw new ConfigurationException("no images in the input: nothing there, or no name fits");
      }
      context.sc().setJobDescription("plan partitions for " + totals);
      Dataset<Row> planned = PartitionPlan.partition(listed, totals);
      run.planned(totals.objects(), 0);
      label(run, planned, new ObjectReader(shared), OptionalLong.of(totals.objects()));
    } finally {
      if (!kept) {
        listed.unpersist();
      }
    }
  }

  private void label(CurrentRun run, Dataset<Row> rows, ImageReader reader, OptionalLong total)
      throws IOException {
    LabelTable table = new LabelTable(model.fingerprint(), model.endPoints());
    SharedModel shared = SharedModel.broadcast(context, model);
    TaskCounters counters = TaskCounters.in(context.sc());
    ProgressListener listener = new ProgressListener(counters, total, progress);
    OutcomeCounts counts = new OutcomeCounts();
    context.sc().addSparkListener(listener);
    context.sc().setJobDescription("label images");
    try {
      Dataset<Row> labelled =
          rows.mapPartitions(
              new LabelPartition(shared, table, reader, readAhead, batch, counters),
              Encoders.row(table.fileSchema()));
      Instant start = Instant.now();
      write(counts.observe(labelled));
      run.committed(counts, Duration.between(start, Instant.now()), null);
    } finally {
      context.sc().removeSparkListener(listener);
      shared.release();
    }
  }

  /** Spark throws checked exceptions without saying so. */
  private void write(Dataset<Row> labelled) throws RunException {
    try {
      labelled
          .withColumn(LabelTable.RUN_DATE, functions.lit(runDate))
          .write()
          .mode(SaveMode.Append)
          .partitionBy(LabelTable.RUN_DATE)
          .option("parquet.page.size", PAGE_BYTES)
          .parquet(output);
    } catch (Exception e) {
      throw new RunException("labels into " + output + ": " + StorageFailure.describe(e), e);
    }
  }
}
