package org.inceptionspark.shims;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import scala.collection.Seq;

/** Commits through the committer for the storage, with a check at the last moment. */
public abstract class CheckedCommitProtocol extends PathOutputCommitProtocol {
  private static final long serialVersionUID = 1L;

  protected CheckedCommitProtocol(String jobId, String destination, boolean dynamicOverwrite) {
    super(jobId, destination, dynamicOverwrite);
  }

  /**
   * Called before the job commits.
   *
   * @throws IOException if it may not
   */
  protected abstract void checkCommit() throws IOException;

  @Override
  public final void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
    try {
      checkCommit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.commitJob(job, tasks);
  }
}
