package org.inceptionspark.cli.options;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.output.CommandSession;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Sessions for commands that write. */
public final class Sessions {
  private Sessions() {}

  /**
   * The existing session, or a new one with the job's defaults.
   *
   * @throws ParameterException if no master is set
   */
  public static SparkSession start(CommandLine command) {
    SparkConf conf = new SparkConf();
    if (!conf.contains("spark.master") && SparkSession.getDefaultSession().isEmpty()) {
      throw new ParameterException(
          command, "no Spark master is set: start with jobs/label.sh or spark-submit");
    }
    return CommandSession.open(command.getCommandSpec().qualifiedName());
  }
}
