package org.inceptionspark.job.storage;

import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Objects by their keys, which is not supported up to Hadoop 3.3, whose S3A has another client. */
public final class S3Objects {
  private S3Objects() {}

  /** Nothing. */
  public static Optional<S3Objects> of(FileSystem fileSystem) {
    return Optional.empty();
  }

  /** Never called, for there is no such object. */
  public String root() {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public int pageSize() {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public ListObjectsV2Response page(String prefix, String delimiter, ListObjectsV2Response after) {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public ListObjectsV2Response startAfter(String prefix, String key, int most) {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public boolean isOrdered() {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public byte[] read(String key, String etag) {
    throw new UnsupportedOperationException();
  }

  /** Never called, for there is no such object. */
  public byte[] read(String key, String etag, long from, int count) {
    throw new UnsupportedOperationException();
  }
}
