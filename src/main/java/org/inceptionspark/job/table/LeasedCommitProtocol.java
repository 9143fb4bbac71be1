package org.inceptionspark.job.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import scala.collection.immutable.Seq;

/**
 * Commits through the committer that suits the storage, as its parent does, and asks in the last
 * moment whether this run still has the right to write to the table: a driver that was asleep may
 * have lost it. Spark makes one for each write, by the name of the class.
 */
public final class LeasedCommitProtocol extends PathOutputCommitProtocol {
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
}
