package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * On S3: an object appears whole when its upload ends, and {@code If-None-Match: *} makes the store
 * refuse a second one. A store that does not know the condition, or for which it is switched off
 * ({@code fs.s3a.create.conditional.enabled}), is asked first and looked at again afterwards.
 */
final class ObjectStoreAtomicFiles extends AtomicFiles {
  ObjectStoreAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem().createFile(file);
    builder.overwrite(true);
    builder.opt(Constants.FS_S3A_CREATE_PERFORMANCE, true);
    try (FSDataOutputStream out = builder.build()) {
      out.write(content);
    }
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem().createFile(file);
    builder.overwrite(false);
    builder.opt(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    try (FSDataOutputStream out = builder.build()) {
      out.write(content);
    } catch (FileAlreadyExistsException | RemoteFileChangedException refused) {
      return false;
    }
    return isOurs(file, content);
  }

  private boolean isOurs(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(read(file), content);
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
