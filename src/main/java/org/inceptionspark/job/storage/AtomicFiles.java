package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.shims.S3a;

/**
 * Small files beside a table: leases, records, intentions. A reader sees each of them whole, and of
 * several who create the same one, exactly one succeeds: the two promises on which a table with
 * several writers rests. Each kind of storage keeps them in its own way.
 */
public abstract class AtomicFiles {
  /** {@code none} where something else sees to it that one run at a time writes. */
  static final String LEASE = "inceptionspark.lease";

  private final FileSystem fileSystem;

  AtomicFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  public static AtomicFiles on(FileSystem fileSystem) {
    if (StoredObjects.isLocal(fileSystem)) {
      return new LocalAtomicFiles(fileSystem);
    }
    return S3a.is(fileSystem)
        ? new ObjectStoreAtomicFiles(fileSystem)
        : new ClusterAtomicFiles(fileSystem);
  }

  public final FileSystem fileSystem() {
    return fileSystem;
  }

  /** Puts this content in place of what is there or not; nobody sees a part of it. */
  public abstract void replace(Path file, byte[] content) throws IOException;

  /**
   * Makes a file that is not there.
   *
   * @param content that no other writer has: where the answer of a store is lost, it tells whose
   *     file is there
   * @return whether it was this call that made it
   */
  public abstract boolean create(Path file, byte[] content) throws IOException;

  /**
   * @throws java.io.FileNotFoundException if there is none
   */
  public byte[] read(Path file) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    }
  }

  /**
   * For storage that lets two runs begin on one table.
   *
   * @param client of the store
   * @param needed in its place
   * @throws ConfigurationException if nobody has said that one run at a time is seen to
   */
  final void requireOneRunAtATime(String client, String needed) {
    if (!fileSystem.getConf().get(LEASE, "table").equals("none")) {
      throw new ConfigurationException(
          fileSystem.getUri()
              + ": "
              + client
              + " cannot create a file only if it is not there, so nothing keeps a second run from"
              + " this table; needed: "
              + needed
              + ", or, where your scheduler starts one run at a time, spark.hadoop."
              + LEASE
              + "=none");
    }
  }

  /** Whether it was there or not. */
  public final void delete(Path file) throws IOException {
    fileSystem.delete(file, false);
  }
}
