package org.inceptionspark.job.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import org.apache.spark.sql.RuntimeConfig;
import org.inceptionspark.job.failure.ConfigurationException;
import scala.collection.immutable.Seq;

/**
 * Commits through the committer that suits the storage, as its parent does, and asks in the last
 * moment whether this run still has the right to write to the table: a driver that was asleep may
 * have lost it. Spark makes one for each write, by the name of the class.
 */
public final class LeasedCommitProtocol extends PathOutputCommitProtocol {
  /** The setting that names the class which commits what Spark writes to files. */
  public static final String SETTING = "spark.sql.sources.commitProtocolClass";

  private static final long serialVersionUID = 1L;

  public LeasedCommitProtocol(String jobId, String destination, boolean dynamicOverwrite) {
    super(jobId, destination, dynamicOverwrite);
  }

  @Override
  public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
    try {
      LockedTable.check(destination());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.commitJob(job, tasks);
  }

  /**
   * @throws ConfigurationException if the session would write to S3 by copying and deleting
   */
  public static void requireIn(RuntimeConfig session, String output) {
    String name = LeasedCommitProtocol.class.getName();
    boolean s3a = "s3a".equals(new Path(output).toUri().getScheme());
    if (s3a && !name.equals(session.get(SETTING, ""))) {
      throw new ConfigurationException(
          "output " + output + " needs a committer for S3: set " + SETTING + "=" + name);
    }
  }
}
