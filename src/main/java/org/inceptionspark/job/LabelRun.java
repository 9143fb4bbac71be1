package org.inceptionspark.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.directory.TableWriter;
import org.inceptionspark.job.plan.PartitionPlan;
import org.inceptionspark.job.plan.PartitionPlan.Chunk;
import org.inceptionspark.job.plan.Reuse;
import org.inceptionspark.job.plan.RunPlan;
import org.inceptionspark.job.plan.RunPlan.Part;
import org.inceptionspark.job.plan.Totals;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.runs.OutcomeCounts;
import org.inceptionspark.job.runs.RetriedImages;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.PartialCommitException;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.TableCommits;
import org.inceptionspark.job.table.TableCommits.Way;
import org.inceptionspark.job.task.HashImages;
import org.inceptionspark.job.task.ImageReader;
import org.inceptionspark.job.task.Labelling;
import org.inceptionspark.job.task.ObjectReader;
import org.inceptionspark.job.task.PreparedModel;
import org.inceptionspark.job.task.Progress;

/**
 * A run in progress: a {@link RunPlan} says what to label, {@link Labelling} turns images into
 * rows, and {@link TableCommits} commits these to the table, chunk by chunk.
 */
final class LabelRun implements AutoCloseable {
  /**
   * @param commitEvery most images in a chunk
   */
  record Settings(
      OptionalLong commitEvery,
      long fileBytes,
      Labelling.TaskSettings tasks,
      Consumer<Progress> progress,
      Map<String, String> options,
      Consumer<String> notices) {}

  private final JavaSparkContext context;
  private final CurrentRun run;
  private final PreparedModel model;
  private final Settings settings;
  private final FileSizes fileSizes;
  private final ImageReader reader;
  private Labelling labelling;
  private RetriedImages takenOver = RetriedImages.NONE;

  LabelRun(SparkSession spark, CurrentRun run, PreparedModel model, Settings settings) {
    this.context = new JavaSparkContext(spark.sparkContext());
    this.run = run;
    this.model = model;
    this.settings = settings;
    this.fileSizes = FileSizes.of(model.spec(), settings.fileBytes());
    this.reader =
        new ObjectReader(
            context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())));
  }

  /** From the listing to the last row. */
  void execute(RunPlan plan, LabelsTable table, TableCommits commits) throws IOException {
    describe("compare with the table");
    plan.compare(table.held());
    run.planned(plan.found().objects(), plan.skipped());
    ModelChange.notice(plan, model.spec(), table.records(), settings.options())
        .ifPresent(settings.notices());
    if (plan.isEmpty()) {
      return;
    }
    model.start();
    describe("choose what to label");
    plan.limit();
    for (Part part : plan.parts(commits)) {
      if (plan.held().isPresent()) {
        takeOver(part, plan, table, commits);
      } else {
        label(part, plan, commits);
      }
    }
    commits.end();
  }

  /** Rows for known bytes are copied; the others are computed. */
  private void takeOver(Part part, RunPlan plan, LabelsTable table, TableCommits commits)
      throws IOException {
    describe("look for known bytes");
    HashImages hashing = new HashImages(reader, settings.tasks().readAhead());
    Reuse reuse = new Reuse(model.spec(), plan.held().orElseThrow(), hashing, plan.images());
    try (PersistedDataset matches = PersistedDataset.of(reuse.matches(part.images()))) {
      if (matches.rows().count() == 0) {
        label(part, plan, commits);
        return;
      }
      try (PersistedDataset rows = PersistedDataset.of(reuse.rows(matches.rows(), table));
          PersistedDataset others =
              PersistedDataset.of(
                  materialised(without(part.images(), rows.rows()), part, commits))) {
        long known = rows.rows().count();
        Totals left = Totals.of(others.rows()); // before the table changes
        if (known > 0) {
          describe("take over rows of known bytes");
          RetriedImages before = commits.retried();
          try {
            run.reused(known, commits.put(inFiles(rows.rows(), known), part.way()));
          } catch (PartialCommitException e) {
            e.count(visible -> run.reused(visible.count(), null));
            throw e;
          }
          takenOver = takenOver.plus(commits.retried().minus(before));
        }
        if (left.objects() > 0) {
          label(part.with(others.rows(), left), plan, commits);
        }
      }
    }
  }

  private static Dataset<Row> materialised(Dataset<Row> objects, Part part, TableCommits commits)
      throws IOException {
    return part.way() == Way.REPLACING ? commits.materialised(objects, "others") : objects;
  }

  /** By version, since a table of images may have several of one name. */
  private static Dataset<Row> without(Dataset<Row> objects, Dataset<Row> rows) {
    return objects.as("o").join(rows.as("r"), ExistingRows.sameVersion(), "left_anti");
  }

  private void label(Part part, RunPlan plan, TableCommits commits) throws IOException {
    Totals totals = part.totals();
    describe("plan partitions for " + totals);
    PartitionPlan partitions =
        PartitionPlan.of(part.images(), totals, commitEvery(), plan.images()::withBytes);
    labelling().expect(totals.objects());
    for (Chunk chunk : partitions.chunks()) {
      describe("label images, chunk " + chunk.number() + " of " + partitions.chunks().size());
      Instant start = Instant.now();
      OutcomeCounts counts = new OutcomeCounts();
      Dataset<Row> rows = inFiles(labelling().label(partitions.rows(chunk)), chunk.images());
      try {
        String committer = commits.put(counts.observe(rows), part.way());
        run.retried(commits.retried().minus(takenOver));
        run.committed(counts, Duration.between(start, Instant.now()), committer);
      } catch (PartialCommitException e) {
        e.count(
            visible ->
                run.committed(
                    OutcomeCounts.of(visible), Duration.between(start, Instant.now()), null));
        throw e;
      }
    }
  }

  private Dataset<Row> inFiles(Dataset<Row> rows, long count) {
    return TableWriter.inFiles(rows, fileSizes.files(count));
  }

  private long commitEvery() {
    return settings.commitEvery().orElse(fileSizes.commitEvery(context.defaultParallelism()));
  }

  /** One per run. Waits for the model, so it is created when the first images are labelled. */
  private Labelling labelling() {
    if (labelling == null) {
      labelling = new Labelling(context, model, reader, settings.tasks(), settings.progress());
    }
    return labelling;
  }

  private void describe(String job) {
    context.sc().setJobDescription(job);
  }

  @Override
  public void close() {
    if (labelling != null) {
      labelling.close();
    }
  }
}
