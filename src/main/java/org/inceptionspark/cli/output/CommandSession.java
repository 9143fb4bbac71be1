package org.inceptionspark.cli.output;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;

/** The session of all commands, those that only read too: with the settings that tables need. */
public final class CommandSession {
  private CommandSession() {}

  /**
   * The session that is there, or a new one.
   *
   * @param name of the application, unless it has one
   */
  public static SparkSession open(String name) {
    SparkConf conf = JobDefaults.applyTo(new SparkConf());
    conf.setIfMissing("spark.app.name", name);
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
