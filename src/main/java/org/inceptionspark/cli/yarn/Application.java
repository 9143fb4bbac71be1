package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.launcher.InProcessLauncher;
import org.apache.spark.launcher.SparkAppHandle;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StartFailure;

/** An application on YARN, seen from where it was submitted. */
final class Application {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Configuration hadoop;
  private final Consumer<String> told;
  private boolean named;
  private boolean running;

  /**
   * @param told receives messages, one line each
   */
  Application(Configuration hadoop, Consumer<String> told) {
    this.hadoop = hadoop;
    this.told = told;
  }

  /**
   * Submits it and waits for its end, if Spark is told to wait.
   *
   * @return empty if it is not waited for
   * @throws IOException if it cannot be submitted, or YARN does not answer
   */
  Optional<ApplicationReport> run(InProcessLauncher launcher) throws IOException {
    SparkAppHandle handle = launcher.startApplication(new Listener());
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; the application goes on", e);
    }
    awaitSpark();
    if (handle.getAppId() == null) {
      throw handle
          .getError()
          .map(StartFailure::ofSubmission)
          .orElseGet(() -> new RunException("not submitted", null));
    }
    ApplicationReport report = report(handle.getAppId());
    boolean over = report.getFinalApplicationStatus() != FinalApplicationStatus.UNDEFINED;
    return over ? Optional.of(report) : Optional.empty();
  }

  /** Spark's thread reports the end, and then deletes what it has staged in storage. */
  private static void awaitSpark() {
    try {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("spark-app-")) {
          thread.join(10_000);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements SparkAppHandle.Listener {
    @Override
    public void infoChanged(SparkAppHandle handle) {
      tell(handle);
    }

    @Override
    public void stateChanged(SparkAppHandle handle) {
      tell(handle);
      if (handle.getState().isFinal()) {
        ended.countDown();
      }
    }
  }

  private synchronized void tell(SparkAppHandle handle) {
    if (!named && handle.getAppId() != null) {
      named = true;
      told.accept(handle.getAppId() + " " + url(handle.getAppId()));
    }
    if (!running && handle.getState() == SparkAppHandle.State.RUNNING) {
      running = true;
      told.accept(handle.getAppId() + " runs");
    }
  }

  private String url(String id) {
    try {
      return report(id).getTrackingUrl();
    } catch (IOException e) {
      return "(YARN does not say where it can be watched)";
    }
  }

  private ApplicationReport report(String id) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(hadoop);
      client.start();
      return client.getApplicationReport(ApplicationId.fromString(id));
    } catch (YarnException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
