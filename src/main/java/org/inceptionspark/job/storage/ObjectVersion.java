package org.inceptionspark.job.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.inceptionspark.shims.S3a;
import org.inceptionspark.shims.S3aFileStatuses;

/**
 * A version of an object, as it was listed. Another version is refused rather than mistaken for it:
 * on S3 by the etag, elsewhere by the length.
 *
 * @param path in the table's form
 * @param etag null where the storage has none
 */
public record ObjectVersion(String path, long length, String etag) {
  private static final long BLOCK = 32L << 20;

  /** The status that Hadoop needs. */
  public FileStatus status(Path hadoopPath, FileSystem fileSystem) {
    Path full = hadoopPath.makeQualified(fileSystem.getUri(), fileSystem.getWorkingDirectory());
    boolean byEtag = etag != null && S3a.is(fileSystem);
    return byEtag
        ? S3aFileStatuses.of(length, full, BLOCK, Etags.quoted(etag))
        : new FileStatus(length, false, 1, BLOCK, 0, full);
  }

  /** Opened for random access. */
  public SeekableObject open(Configuration hadoop) {
    return new SeekableObject(length, (from, count) -> read(from, count, hadoop));
  }

  /**
   * Reads a part of it with one request.
   *
   * @throws IOException if storage does not give all of these bytes of this version
   */
  public byte[] read(long from, int count, Configuration hadoop) throws IOException {
    Path hadoopPath = new Path(path);
    FileSystem fileSystem = hadoopPath.getFileSystem(hadoop);
    byte[] bytes = new byte[count];
    try {
      if (StoredObjects.isLocal(fileSystem)) {
        readLocal(StoredObjects.local(path, fileSystem), from, bytes);
        return bytes;
      }
      Optional<String> key = StoredObjects.keyThatPathsCannotSay(path, hadoopPath, fileSystem);
      if (key.isPresent()) {
        return StoredObjects.requireS3(fileSystem, path).read(key.get(), etag, from, count);
      }
      try (FSDataInputStream in = open(hadoopPath, fileSystem)) {
        in.readFully(from, bytes);
      }
      return bytes;
    } catch (EOFException e) {
      throw new IOException("ended before its " + length + " bytes", e);
    }
  }

  private void readLocal(java.nio.file.Path file, long from, byte[] bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() != length) {
        throw new IOException("changed since it was listed: has " + channel.size() + " bytes");
      }
      channel.position(from);
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (into.hasRemaining()) {
        if (channel.read(into) < 0) {
          throw new EOFException("no more");
        }
      }
    }
  }

  /** S3A's name for a policy that requests exactly the given range. */
  private FSDataInputStream open(Path hadoopPath, FileSystem fileSystem) throws IOException {
    return FutureIO.awaitFuture(
        fileSystem
            .openFile(hadoopPath)
            .withFileStatus(status(hadoopPath, fileSystem))
            .opt("fs.option.openfile.read.policy", "random")
            .opt("fs.option.openfile.length", Long.toString(length))
            .build());
  }
}
