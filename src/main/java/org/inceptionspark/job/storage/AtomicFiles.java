package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.shims.S3a;

/**
 * Small files beside a table: leases, records, intentions. A reader always sees a whole file, and
 * if several processes create the same one, exactly one succeeds: the two guarantees on which a
 * table with several writers rests. Each kind of storage gives them in its own way.
 */
public abstract class AtomicFiles {
  /** {@code none} where something else ensures that only one run at a time writes. */
  static final String LEASE = "inceptionspark.lease";

  /** Schemes whose clients check and then write, so that two creators may both succeed. */
  private static final Set<String> LOOK_FIRST =
      Set.of("s3", "s3n", "s3a", "oss", "cosn", "obs", "swift");

  private static final int READS = 100;

  private final FileSystem fileSystem;

  AtomicFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  public static AtomicFiles on(FileSystem fileSystem) {
    if (StoredObjects.isLocal(fileSystem)) {
      return new LocalAtomicFiles(fileSystem);
    }
    if (S3a.is(fileSystem)) {
      return new ObjectStoreAtomicFiles(fileSystem);
    }
    String scheme = fileSystem.getUri().getScheme();
    return switch (scheme) {
      case "abfs", "abfss", "wasb", "wasbs" -> new AzureAtomicFiles(fileSystem);
      case "gs" -> new GoogleAtomicFiles(fileSystem);
      default ->
          LOOK_FIRST.contains(scheme)
              ? new CheckFirstAtomicFiles(fileSystem)
              : new ClusterAtomicFiles(fileSystem);
    };
  }

  public final FileSystem fileSystem() {
    return fileSystem;
  }

  /** Creates or replaces a file; nobody sees a part of it. */
  public abstract void replace(Path file, byte[] content) throws IOException;

  /**
   * Creates a file that does not exist.
   *
   * @param content that no other writer has: if a store's answer is lost, it shows whose file is
   *     there
   * @return whether this call created it
   */
  public abstract boolean create(Path file, byte[] content) throws IOException;

  /**
   * @throws FileNotFoundException if there is none
   */
  public byte[] read(Path file) throws IOException {
    for (int i = 1; ; i++) {
      String version = version(file);
      try (FSDataInputStream in = fileSystem.open(file)) {
        return in.readAllBytes();
      } catch (IOException e) { // Google's client: no such file, where it has another generation
        if (i == READS || !isReplaced(file, version, e)) {
          throw e;
        }
      }
    }
  }

  private String version(Path file) throws IOException {
    return FileVersions.version(fileSystem.getFileStatus(file));
  }

  /** Clients refuse, each with its own message, to continue reading a file that was replaced. */
  private boolean isReplaced(Path file, String version, IOException refused) {
    try {
      return !version.equals(version(file));
    } catch (IOException e) {
      refused.addSuppressed(e);
      return false;
    }
  }

  final void write(Path file, byte[] content, boolean overwrite) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, overwrite)) {
      out.write(content);
    }
  }

  /** The first attempt of a refused retry may have succeeded: the content shows it. */
  final boolean isOurs(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(read(file), content);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * For storage that lets two runs begin on one table.
   *
   * @param client of the store
   * @param needed instead
   * @throws ConfigurationException unless something else ensures one run at a time
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
