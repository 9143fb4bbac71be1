package org.inceptionspark.shims;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileStatus;

/** Kept apart, so that a site without S3A need not have the class. */
public final class S3aFileStatuses {
  private S3aFileStatuses() {}

  /**
   * What a listing said of an object, for S3A to read that version and no other.
   *
   * @param etag as S3A keeps it, in quotes
   */
  public static FileStatus of(long length, Path path, long blockSize, String etag) {
    return new S3AFileStatus(length, 0, path, blockSize, "", etag, null);
  }
}
