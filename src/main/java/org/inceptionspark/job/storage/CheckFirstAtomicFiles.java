package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** On object stores whose client only checks whether a file exists: safe for one run at a time. */
final class CheckFirstAtomicFiles extends AtomicFiles {
  CheckFirstAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  /** A file appears when it is closed. */
  @Override
  public void replace(Path file, byte[] content) throws IOException {
    write(file, content, true);
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    requireOneRunAtATime(fileSystem().getClass().getName(), "S3A of Hadoop 3.4.2 on S3");
    try {
      write(file, content, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
