package org.inceptionspark.job.keys;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.storage.S3Objects;

/**
 * The keys of a bucket with a common prefix.
 *
 * @param bucket any URI in it
 */
public record KeyPrefix(String bucket, String prefix, DirectoryFilter.Source directories)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  RangeCutter cutter(Configuration hadoop) throws IOException {
    S3Objects objects = S3Objects.of(new Path(bucket).getFileSystem(hadoop)).orElseThrow();
    return new RangeCutter(objects, prefix, directories.open());
  }
}
