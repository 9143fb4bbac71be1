package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * On Azure, whose clients cannot rename over an existing file: they delete it first, and a lease
 * that is missing for a moment would be taken by another run. Overwriting a file keeps it there,
 * but empty until it is closed. So the new content is written beside it first, and a reader that
 * finds the file empty reads that.
 */
final class AzureAtomicFiles extends AtomicFiles {
  private static final int LOOKS = 10;

  AzureAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path coming = coming(file);
    write(coming, content, true);
    write(file, content, true);
    delete(coming);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    byte[] content = super.read(file);
    for (int i = 0; i < LOOKS && content.length == 0; i++) {
      content = readComing(file);
      if (content.length == 0) {
        content = super.read(file);
      }
    }
    return content;
  }

  /** Nothing where it has come meanwhile. */
  private byte[] readComing(Path file) throws IOException {
    try {
      return super.read(coming(file));
    } catch (FileNotFoundException done) {
      return new byte[0];
    }
  }

  private static Path coming(Path file) {
    return new Path(file.getParent(), "." + file.getName() + ".new");
  }

  /** Renaming to an existing name fails in the store; a crash before that leaves no empty file. */
  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    if (fileSystem().getUri().getScheme().startsWith("wasb")) { // it looks first
      requireOneRunAtATime(fileSystem().getClass().getName(), "abfs:// for the same container");
    }
    Path temporary =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".new");
    try {
      write(temporary, content, false);
      return isRenamed(temporary, file) || isOurs(file, content);
    } finally {
      delete(temporary);
    }
  }

  private boolean isRenamed(Path from, Path to) throws IOException {
    try {
      return fileSystem().rename(from, to);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
