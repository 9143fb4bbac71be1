package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose jobs somebody cancels, in Spark's UI or from a notebook, has failed and says why. */
class CancelledRunTest {
  @TempDir Path directory;

  @Test
  void theRecordSaysThatItWasCancelled() throws Exception {
    SparkSession spark = LocalSpark.session();
    String output = directory.resolve("labels").toString();
    LabelImages run =
        LabelImages.using(spark)
            .model(TinyModel.spec())
            .images(
                ImageSource.objects(
                    ListObjects.using(spark).inputs(List.of("src/quickstart/photos")).execute()))
            .output(output)
            .commitEvery(1)
            .progress(progress -> cancel(spark, progress.images()));
    assertThatThrownBy(run::execute)
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("labels into " + output + ": ")
        .hasMessageContaining("cancelled");
    RunRecord record =
        RunRecords.of(output, spark.sessionState().newHadoopConf()).newestFirst().next();
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.failure()).contains("cancelled");
    assertThat(record.images())
        .as("what was committed stays, and is counted")
        .isEqualTo(spark.read().parquet(output).count())
        .isPositive();
  }

  /** When there is something in the table. */
  private static void cancel(SparkSession spark, long images) {
    if (images > 2) {
      spark.sparkContext().cancelAllJobs();
    }
  }
}
