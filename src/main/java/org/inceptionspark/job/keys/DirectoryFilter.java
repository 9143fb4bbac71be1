package org.inceptionspark.job.keys;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Decides which directories of a bucket are passed over. */
public interface DirectoryFilter {
  /** Whether a directory is to be listed; records it if not. */
  boolean enters(String directory);

  /** The directory that contains a path and is passed over, with its slash. */
  Optional<String> closedDirectory(String path);

  /** Makes one, in a task. */
  interface Source extends Serializable {
    DirectoryFilter open() throws IOException;
  }
}
