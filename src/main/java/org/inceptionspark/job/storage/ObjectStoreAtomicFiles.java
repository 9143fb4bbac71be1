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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On S3: an object appears whole when its upload ends, and {@code If-None-Match: *} makes the store
 * refuse a second one. A store that does not know the condition, or for which it is switched off
 * ({@code fs.s3a.create.conditional.enabled}), is asked first and looked at again afterwards.
 */
final class ObjectStoreAtomicFiles extends AtomicFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreAtomicFiles.class);
  private static final String CONDITION =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

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
    builder.opt(Constants.FS_S3A_CREATE_PERFORMANCE, false); // it would not look first
    if (fileSystem().hasPathCapability(file, CONDITION)) {
      builder.opt(CONDITION, true);
    }
    FSDataOutputStream created;
    try {
      created = builder.build();
    } catch (FileAlreadyExistsException isThere) {
      return false;
    }
    write(created, content);
    return isOurs(file, content);
  }

  /**
   * A refusal may be that of a second try: the first was done, its answer was lost, and the client
   * tried again by itself. What is there then tells.
   */
  private static void write(FSDataOutputStream created, byte[] content) throws IOException {
    try (FSDataOutputStream out = created) {
      out.write(content);
    } catch (FileAlreadyExistsException | RemoteFileChangedException refused) {
      LOG.debug("refused, perhaps a second try", refused);
    }
  }

  private boolean isOurs(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(read(file), content);
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
