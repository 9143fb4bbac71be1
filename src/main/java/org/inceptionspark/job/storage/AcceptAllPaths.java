package org.inceptionspark.job.storage;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;

/**
 * A filter that hides nothing, replacing one that a site has set for everything that Hadoop lists.
 * Sent to executors too, which list the directories of a table with more than 32 nights.
 */
public final class AcceptAllPaths implements PathFilter, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean accept(Path path) {
    return true;
  }
}
