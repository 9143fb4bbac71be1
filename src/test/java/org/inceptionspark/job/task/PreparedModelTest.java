package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network is built beside the planning; however a run ends, nothing of it stays. */
class PreparedModelTest {
  @TempDir Path directory;

  private final SparkSession spark = LocalSpark.session();
  private final LabelerSpec spec = TinyModel.spec();

  @AfterEach
  void nothingStays() {
    assertThat(SharedModel.ofRuns()).as("networks").isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(PreparedModel.THREAD);
  }

  private SharedModel share() {
    return SharedModel.ofRun(new JavaSparkContext(spark.sparkContext()), spec);
  }

  private LabelImages into(String name) throws IOException {
    Path photographs = directory.resolve("photographs");
    if (Files.notExists(photographs)) {
      Files.createDirectory(photographs);
      photograph("fig.jpg");
    }
    return LabelImages.using(spark)
        .model(spec)
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of(photographs.toString())).execute()))
        .ifExists(IfExists.APPEND)
        .output(directory.resolve(name).toString());
  }

  private void photograph(String name) throws IOException {
    Files.copy(
        Path.of("src/quickstart/photos/fig.jpg"), directory.resolve("photographs").resolve(name));
  }

  @Test
  void isMadeWhileTheCallerDoesOtherThings() {
    CountDownLatch planned = new CountDownLatch(1);
    try (PreparedModel prepared =
        new PreparedModel(
            spec,
            () -> {
              planned.await();
              return share();
            })) {
      prepared.start();
      prepared.start();
      planned.countDown();
      assertThat(prepared.await()).isSameAs(prepared.await());
      assertThat(SharedModel.ofRuns()).isEqualTo(1);
    }
  }

  @Test
  void isNotMadeIfNobodyWantsIt() {
    AtomicBoolean made = new AtomicBoolean();
    try (PreparedModel unused =
        new PreparedModel(
            spec,
            () -> {
              made.set(true);
              return share();
            })) {
      assertThat(unused.spec()).isSameAs(spec);
    }
    assertThat(made).isFalse();
  }

  @Test
  void isReleasedThoughNobodyAskedForIt() {
    try (PreparedModel unused = new PreparedModel(spec, this::share)) {
      unused.start();
    }
    Thread.currentThread().interrupt();
    try (PreparedModel unused = new PreparedModel(spec, this::share)) {
      unused.start();
    }
    assertThat(Thread.interrupted()).as("is told to others too").isTrue();
  }

  @Test
  void whatGoesWrongIsThrownAsItIs() {
    IllegalStateException exception = new IllegalStateException("no such kernels");
    assertThatThrownBy(() -> failing(exception, null)).isSameAs(exception);
    OutOfMemoryError error = new OutOfMemoryError("for a network");
    assertThatThrownBy(() -> failing(null, error)).isSameAs(error);
  }

  private void failing(RuntimeException exception, Error error) {
    try (PreparedModel prepared =
        new PreparedModel(
            spec,
            () -> {
              if (error != null) {
                throw error;
              }
              throw exception;
            })) {
      prepared.start();
      prepared.await();
    }
  }

  @Test
  void aTaskOfAnEndedRunFindsNoNetwork() {
    SharedModel model = share();
    model.release();
    assertThatThrownBy(() -> model.lend(1, stream -> stream))
        .hasMessage("the run of this task has ended");
  }

  @Test
  void aRunWithoutSuchANetworkFailsBeforeItReadsAnImage() throws Exception {
    LabelImages job = into("labels");
    Field kernels = LabelerSpec.class.getDeclaredField("kernels");
    kernels.setAccessible(true);
    kernels.set(spec, null);
    String why = catchThrowable(() -> ImageLabeler.create(spec)).getMessage();
    String output = directory.resolve("labels").toString();
    assertThatThrownBy(job::execute)
        .isInstanceOf(RunException.class)
        .hasMessage("labels into " + output + ": " + why);
    RunRecord record =
        RunRecords.of(output, spark.sessionState().newHadoopConf()).newestFirst().next();
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.listed()).isEqualTo(1);
    assertThat(record.images()).isZero();
    assertThat(record.commits()).isZero();
  }

  @Test
  void nothingStaysOfRunsThatHaveNothingToCompute() throws IOException {
    LabelImages none = into("labels");
    none.images(
        ImageSource.objects(
            ListObjects.using(spark)
                .inputs(List.of("src/quickstart/photos"))
                .glob("*.x")
                .execute()));
    assertThatThrownBy(none::execute).isInstanceOf(ConfigurationException.class);
    Selection later =
        new Selection(
            Relabel.NONE, Optional.of(Instant.parse("2100-01-01T00:00:00Z")), OptionalLong.empty());
    assertThat(into("labels").selection(later).execute().skipped()).isEqualTo(1);
    for (Relabel relabel : List.of(Relabel.STALE, Relabel.ERRORS)) {
      Selection again = new Selection(relabel, Optional.empty(), OptionalLong.empty());
      assertThat(into("labels").selection(again).execute().skipped()).isEqualTo(1);
    }
    assertThat(into("labels").execute().images()).isEqualTo(1);
    assertThat(into("labels").execute().skipped()).isEqualTo(1);
    photograph("copy.jpg");
    assertThat(into("labels").execute().reused()).isEqualTo(1);
    assertThat(spark.read().parquet(directory.resolve("labels").toString()).count()).isEqualTo(2);
  }
}
