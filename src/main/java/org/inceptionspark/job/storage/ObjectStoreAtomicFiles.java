package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.util.VersionInfo;
import org.inceptionspark.shims.S3a;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On S3: an object appears whole when its upload ends, and {@code If-None-Match: *} makes the store
 * refuse a second one. For a store that does not support the condition, or for which it is switched
 * off ({@code fs.s3a.create.conditional.enabled}), the object is checked before and again
 * afterwards.
 */
final class ObjectStoreAtomicFiles extends AtomicFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreAtomicFiles.class);

  ObjectStoreAtomicFiles(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem().createFile(file);
    builder.overwrite(true);
    builder.opt(S3a.CREATE_PERFORMANCE, true);
    try (FSDataOutputStream out = builder.build()) {
      out.write(content);
    }
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    requireExclusive(S3a.createsConditionally());
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem().createFile(file);
    builder.overwrite(false);
    builder.opt(S3a.CREATE_PERFORMANCE, false); // it would not check first
    if (fileSystem().hasPathCapability(file, S3a.CONDITIONAL_CREATE)) {
      builder.opt(S3a.CONDITIONAL_CREATE, true);
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
   * The client retries by itself when an answer is lost, so a refusal may be that of a retry whose
   * first attempt succeeded. The content shows it.
   */
  private static void write(FSDataOutputStream created, byte[] content) throws IOException {
    try (FSDataOutputStream out = created) {
      out.write(content);
    } catch (FileAlreadyExistsException | RemoteFileChangedException refused) {
      LOG.debug("refused, perhaps a second try", refused);
    }
  }

  /**
   * S3A before Hadoop 3.4.2 silently ignores the condition, and two runs could begin on one table.
   *
   * @param conditional whether this S3A supports it
   * @throws org.inceptionspark.job.failure.ConfigurationException if it does not, unless something
   *     else ensures one run at a time
   */
  void requireExclusive(boolean conditional) {
    if (!conditional) {
      requireOneRunAtATime("S3A of Hadoop " + VersionInfo.getVersion(), "Hadoop 3.4.2");
    }
  }
}
