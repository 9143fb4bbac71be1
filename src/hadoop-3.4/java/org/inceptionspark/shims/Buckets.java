package org.inceptionspark.shims;

import java.io.IOException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Buckets through the client of S3A, which since Hadoop 3.4 is one of AWS's second SDK. */
public final class Buckets {
  private Buckets() {}

  /** Makes a bucket if it is not there. */
  public static void make(S3AFileSystem s3, String bucket) throws IOException {
    try {
      s3.getS3AInternals()
          .getAmazonS3Client("create bucket")
          .createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException there) {
      return;
    }
  }
}
