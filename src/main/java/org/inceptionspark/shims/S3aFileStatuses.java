package org.inceptionspark.shims;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileStatus;

/** A class of its own, so that a site without S3A can load the others. */
public final class S3aFileStatuses {
  private S3aFileStatuses() {}

  /**
   * A status with what a listing said about an object, so that S3A reads only that version.
   *
   * @param etag as S3A keeps it, in quotes
   */
  public static FileStatus of(long length, Path path, long blockSize, String etag) {
    return new S3AFileStatus(length, 0, path, blockSize, "", etag, null);
  }
}
