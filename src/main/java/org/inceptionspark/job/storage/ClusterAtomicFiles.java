package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** On HDFS and what behaves like it: its server creates and renames one after another. */
final class ClusterAtomicFiles extends AtomicFiles {
  ClusterAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path temporary = new Path(file.getParent(), "." + file.getName() + ".new");
    write(temporary, content, true);
    FileContext.getFileContext(fileSystem().getUri(), fileSystem().getConf())
        .rename(temporary, file, Rename.OVERWRITE);
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    try {
      write(file, content, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void write(Path file, byte[] content, boolean overwrite) throws IOException {
    try (FSDataOutputStream out = fileSystem().create(file, overwrite)) {
      out.write(content);
    }
  }
}
