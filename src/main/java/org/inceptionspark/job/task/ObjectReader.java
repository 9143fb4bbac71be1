package org.inceptionspark.job.task;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.listing.PackedVersion;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.packed.ByteRange;
import org.inceptionspark.job.storage.ObjectVersion;
import org.inceptionspark.job.storage.S3Objects;
import org.inceptionspark.job.storage.StoredObjects;

/**
 * Reads a listed object whole, with one request, or a range of one: the length is known from the
 * listing, so it is not requested again, and the read policy says that all of it is wanted. On S3
 * the request carries the listed etag, so that another version is refused rather than mistaken for
 * the listed one.
 */
public final class ObjectReader implements ImageReader {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  private final Broadcast<SerializableConfiguration> hadoop;

  public ObjectReader(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public byte[] read(SourceImage image) throws IOException {
    if (image.content() != null) {
      return image.content();
    }
    if (image.length() == 0) {
      return NOTHING;
    }
    if (image.range() != null) {
      ByteRange range = ByteRange.of(image.range());
      byte[] stored = readRange(image, range.offset(), Math.toIntExact(range.stored()));
      return range.decode(stored, range.offset(), Math.toIntExact(image.length()));
    }
    byte[] bytes = new byte[Math.toIntExact(image.length())];
    try (InputStream in = open(image)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException("no more");
      }
      if (in.read() >= 0) {
        throw new IOException(
            "changed since it was listed: longer than " + bytes.length + " bytes");
      }
    } catch (EOFException e) {
      throw new IOException("ended before its " + bytes.length + " bytes", e);
    }
    return bytes;
  }

  @Override
  public byte[] readRange(SourceImage image, long from, int count) throws IOException {
    ByteRange range = ByteRange.of(image.range());
    return PackedVersion.object(range, image.etag()).read(from, count, hadoop.value().value());
  }

  private InputStream open(SourceImage image) throws IOException {
    Path path = new Path(image.path());
    FileSystem fileSystem = path.getFileSystem(hadoop.value().value());
    if (StoredObjects.isLocal(fileSystem)) {
      return Files.newInputStream(StoredObjects.local(image.path(), fileSystem));
    }
    Optional<String> key = StoredObjects.keyThatPathsCannotSay(image.path(), path, fileSystem);
    if (key.isPresent()) {
      S3Objects objects = StoredObjects.requireS3(fileSystem, image.path());
      return new ByteArrayInputStream(objects.read(key.get(), image.etag()));
    }
    return FutureIO.awaitFuture(
        fileSystem
            .openFile(path)
            .withFileStatus(version(image).status(path, fileSystem))
            .opt("fs.option.openfile.read.policy", "whole-file")
            .opt("fs.option.openfile.length", Long.toString(image.length()))
            .build());
  }

  private static ObjectVersion version(SourceImage image) {
    return new ObjectVersion(image.path(), image.length(), image.etag());
  }
}
