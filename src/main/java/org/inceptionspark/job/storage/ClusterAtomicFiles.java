package org.inceptionspark.job.storage;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** On HDFS and similar file systems: the server serialises creation and renaming. */
final class ClusterAtomicFiles extends AtomicFiles {
  /** Schemes where renaming to an existing name fails in the server, for all but one. */
  private static final Set<String> SERVER_RENAMES = Set.of("hdfs", "webhdfs", "viewfs");

  ClusterAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path temporary = new Path(file.getParent(), "." + file.getName() + ".new");
    write(temporary, content, true);
    context().rename(temporary, file, Rename.OVERWRITE);
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    try {
      if (SERVER_RENAMES.contains(fileSystem().getUri().getScheme())) {
        createWhole(file, content);
      } else {
        write(file, content, false);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** A crash here leaves no half-written file, which nobody could interpret. */
  private void createWhole(Path file, byte[] content) throws IOException {
    String name = "." + file.getName() + "." + UUID.randomUUID() + ".new";
    Path temporary = new Path(file.getParent(), name);
    try {
      write(temporary, content, false);
      context().rename(temporary, file, Rename.NONE);
    } finally {
      delete(temporary);
    }
  }

  private FileContext context() throws IOException {
    return FileContext.getFileContext(fileSystem().getUri(), fileSystem().getConf());
  }
}
