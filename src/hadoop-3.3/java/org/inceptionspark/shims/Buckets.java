package org.inceptionspark.shims;

import com.amazonaws.services.s3.AmazonS3;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/** Buckets through the client of S3A, which up to Hadoop 3.3 is one of AWS's first SDK. */
public final class Buckets {
  private Buckets() {}

  /** Makes a bucket if it is not there. */
  public static void make(S3AFileSystem s3, String bucket) {
    AmazonS3 client = s3.getAmazonS3ClientForTesting("create bucket");
    if (!client.doesBucketExistV2(bucket)) {
      client.createBucket(bucket);
    }
  }
}
