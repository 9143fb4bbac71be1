package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * On Google's store: an object appears whole when it is closed, and the client requires generation
 * 0 where none may exist. It reports one that was created meanwhile only on closing, and not as a
 * file that exists.
 */
final class GoogleAtomicFiles extends AtomicFiles {
  GoogleAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    write(file, content, true);
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    try {
      write(file, content, false);
      return true;
    } catch (IOException refused) {
      if (!fileSystem().exists(file)) {
        throw refused;
      }
      return isOurs(file, content);
    }
  }
}
