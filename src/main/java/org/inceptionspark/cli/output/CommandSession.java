package org.inceptionspark.cli.output;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StartFailure;
import org.inceptionspark.job.runs.Interruption;

/**
 * The session of all commands, including those that only read, with the settings that tables need.
 */
public final class CommandSession {
  private CommandSession() {}

  /**
   * The existing session, or a new one.
   *
   * @param name of the application, unless it has one
   */
  public static SparkSession open(String name) {
    SparkConf conf = JobDefaults.applyTo(new SparkConf());
    conf.setIfMissing("spark.app.name", name);
    return start(conf);
  }

  /**
   * The existing session, or a new one with these settings.
   *
   * @throws ConfigurationException if Spark cannot start with them
   */
  public static SparkSession start(SparkConf conf) {
    Interruption.hearSignals();
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) { // Scala throws undeclared checked exceptions too
      throw StartFailure.of(e);
    }
  }
}
