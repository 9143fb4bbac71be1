package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run looks to Spark: few jobs, named, and a single pass over the images. */
class RunShapeTest {
  @TempDir Path directory;

  private final SparkSession spark = LocalSpark.session();

  private RunRecord label(String name) throws IOException {
    return LabelImages.using(spark)
        .model(TinyModel.spec())
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of("src/quickstart/photos")).execute()))
        .output(directory.resolve(name).toString())
        .execute();
  }

  @Test
  void jobsSayWhatTheyDo() throws Exception {
    List<String> jobs = Collections.synchronizedList(new ArrayList<>());
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.add(
                start.properties().getProperty("spark.jobGroup.id")
                    + ": "
                    + start.properties().getProperty("spark.job.description"));
          }
        };
    spark.sparkContext().addSparkListener(listener);
    RunRecord result = label("jobs");
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(listener);
    assertThat(jobs)
        .as("two list and plan, each of the others is a shuffle and what follows")
        .hasSize(5)
        .allMatch(job -> job.startsWith(result.runId() + ": "))
        .anyMatch(job -> job.endsWith(": list objects"))
        .anyMatch(job -> job.matches(".*: plan partitions for 13 objects, \\d+ bytes"))
        .anyMatch(job -> job.endsWith(": label images, chunk 1 of 1"));
    assertThat(spark.sparkContext().getLocalProperty("spark.jobGroup.id")).isNull();
  }

  /**
   * Rows of a chunk are brought together in its file. Sorting rows of embeddings by a constant
   * would hold all of them in memory.
   */
  @Test
  void rowsGoToOneFileUnsorted() throws Exception {
    AtomicReference<String> plan = new AtomicReference<>();
    QueryExecutionListener listener =
        new QueryExecutionListener() {
          @Override
          public void onSuccess(String action, QueryExecution execution, long nanoseconds) {
            String text = execution.executedPlan().toString();
            if (text.contains("InsertIntoHadoopFsRelationCommand")) {
              plan.set(text);
            }
          }

          @Override
          public void onFailure(String action, QueryExecution execution, Exception failure) {}
        };
    spark.listenerManager().register(listener);
    label("plan");
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.listenerManager().unregister(listener);
    String afterLabelling = plan.get().substring(0, plan.get().indexOf("MapPartitions"));
    assertThat(afterLabelling).doesNotContain("Sort ").containsOnlyOnce("Exchange ");
  }
}
