package org.inceptionspark.job.directory;

import java.io.IOException;
import org.inceptionspark.shims.CheckedCommitProtocol;

/**
 * Commits through the committer for the storage, like its parent, and checks at the last moment
 * whether this run still has the lease: a driver that was paused may have lost it. Spark creates
 * one for each write, from the name of the class.
 */
public final class LeasedCommitProtocol extends CheckedCommitProtocol {
  private static final long serialVersionUID = 1L;

  public LeasedCommitProtocol(String jobId, String destination, boolean dynamicOverwrite) {
    super(jobId, destination, dynamicOverwrite);
  }

  @Override
  protected void checkCommit() throws IOException {
    LockedTable.check(destination());
  }
}
