package org.inceptionspark.job;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.RuntimeConfig;

/**
 * Settings of Spark that the job wants where the user has not said otherwise. On S3 the magic
 * committer writes the table: files appear whole when the job commits, without renames. Elsewhere
 * the same binding ends in Hadoop's file committer, the usual one.
 */
public final class JobDefaults {
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
  private static final String PROTOCOL_CLASS = LeasedCommitProtocol.class.getName();

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry(PROTOCOL, PROTOCOL_CLASS),
          Map.entry(
              "spark.sql.parquet.output.committer.class",
              "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter"),
          Map.entry(
              "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a",
              "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory"),
          Map.entry("spark.hadoop.fs.s3a.committer.name", "magic"),
          // Files move to the table when the job commits, not task by task.
          Map.entry("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1"),
          // Timestamps in UTC that every Parquet reader understands, not Spark's old INT96.
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // Some seconds of patience for an overloaded store, none for a wrong address.
          Map.entry("spark.hadoop.fs.s3a.attempts.maximum", "3"),
          Map.entry("spark.hadoop.fs.s3a.retry.limit", "4"),
          Map.entry("spark.hadoop.fs.s3a.connection.establish.timeout", "15s"),
          Map.entry("spark.hadoop.fs.s3a.connection.timeout", "60s"));

  private JobDefaults() {}

  /** Adds what is not set; to be called before the session starts. */
  public static SparkConf applyTo(SparkConf conf) {
    DEFAULTS.forEach(conf::setIfMissing);
    return conf;
  }

  /**
   * @throws ConfigurationException if the session would write to S3 by copying and deleting
   */
  static void requireCommitter(RuntimeConfig session, String output) {
    boolean s3a = "s3a".equals(new Path(output).toUri().getScheme());
    if (s3a && !PROTOCOL_CLASS.equals(session.get(PROTOCOL, ""))) {
      throw new ConfigurationException(
          "output " + output + " needs a committer for S3: set " + PROTOCOL + "=" + PROTOCOL_CLASS);
    }
  }
}
