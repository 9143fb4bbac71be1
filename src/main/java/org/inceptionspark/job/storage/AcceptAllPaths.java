package org.inceptionspark.job.storage;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;

/**
 * A filter that hides nothing, in place of one that a site has set for all that Hadoop lists. Goes
 * to the executors: of a table with more than 32 nights these list the directories.
 */
public final class AcceptAllPaths implements PathFilter, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean accept(Path path) {
    return true;
  }
}
