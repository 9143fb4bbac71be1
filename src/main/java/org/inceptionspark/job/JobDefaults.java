package org.inceptionspark.job;

import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.inceptionspark.job.storage.RequiredSettings;

/**
 * Settings of Spark that the job prefers where the user has set nothing. Those that it must have
 * are {@link RequiredSettings}.
 */
public final class JobDefaults {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          // Some attempts of the AWS library, times some of S3A: seconds for a broken answer.
          Map.entry("spark.hadoop.fs.s3a.attempts.maximum", "3"),
          Map.entry("spark.hadoop.fs.s3a.retry.limit", "4"),
          // 503 "slow down": each pause is twice the last, so that 8 are two to four minutes;
          // Hadoop's 20 would be days.
          Map.entry("spark.hadoop.fs.s3a.retry.throttle.limit", "8"),
          // A store that accepts and then does not answer: minutes for an image, not a quarter of
          // an hour.
          Map.entry("spark.hadoop.fs.s3a.connection.establish.timeout", "15s"),
          Map.entry("spark.hadoop.fs.s3a.connection.timeout", "30s"),
          Map.entry("spark.hadoop.fs.s3a.connection.request.timeout", "60s"),
          // Images never fail a task, so failures are dead machines, or images that kill a JVM,
          // which take two attempts each to be found out (CrashGuard). With each dead executor
          // goes
          // its part of the shuffle, and the stage is tried again too.
          Map.entry("spark.task.maxFailures", "8"),
          Map.entry("spark.stage.maxConsecutiveAttempts", "16"),
          // What the driver remembers of tasks for its UI, whether that is on or not. Spark's
          // 100,000 tasks of each of 1,000 stages are gigabytes after a hundred million images.
          Map.entry("spark.ui.retainedTasks", "1000"),
          Map.entry("spark.ui.retainedStages", "100"),
          Map.entry("spark.ui.retainedJobs", "100"),
          Map.entry("spark.sql.ui.retainedExecutions", "50"),
          // Nor are the metrics of each task kept until the last of its stage has ended.
          Map.entry("spark.scheduler.dropTaskInfoAccumulablesOnTaskCompletion.enabled", "true"),
          // The same names of metrics every night, not those of an application.
          Map.entry("spark.metrics.namespace", "inception_spark"),
          // What Spark masks in its UI, event log and logs: its own patterns and those of stores.
          Map.entry(
              "spark.redaction.regex",
              "(?i)secret|password|passwd|token|credential|access[.-]?key|account[.]key"
                  + "|private[.]key|encryption[.]key"));

  private static final String PLUGINS = "spark.plugins";

  private JobDefaults() {}

  /**
   * Adds what is not set, and sets what the job requires; to be called before the session starts.
   */
  public static SparkConf applyTo(SparkConf conf) {
    DEFAULTS.forEach(conf::setIfMissing);
    if (conf.get("spark.master", "").startsWith("local")) {
      // Tasks run in the driver: one out of memory fails the run with our message and exit code,
      // where Spark would end the process with its own.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    // A debugging aid of sites, under which Spark cannot read the schema of its own tables.
    conf.set("spark.kryo.registrationRequired", "false");
    for (Class<?> plugin : List.of(AsciiDigitsPlugin.class, MetricsPlugin.class)) {
      String others = conf.get(PLUGINS, "");
      if (!others.contains(plugin.getName())) {
        conf.set(PLUGINS, others.isEmpty() ? plugin.getName() : others + "," + plugin.getName());
      }
    }
    return RequiredSettings.applyTo(conf);
  }
}
