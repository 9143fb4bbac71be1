package org.inceptionspark.job.keys;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Which directories of a bucket are passed over. */
public interface DirectoryFilter {
  /** Whether a directory is to be looked into; notes that it is not. */
  boolean enters(String directory);

  /** The directory around a path, with its slash, of which nothing is given. */
  Optional<String> closedDirectory(String path);

  /** Makes one, in a task. */
  interface Source extends Serializable {
    DirectoryFilter open() throws IOException;
  }
}
