package org.inceptionspark.job.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * Where a URI leads. All names of storage are resolved here: every resulting path has its scheme
 * and authority, so that {@code hdfs:///labels}, {@code /labels} and {@code
 * hdfs://host:8020/labels} are one table with one lease, and no part of Hadoop or Spark fills in
 * something else.
 *
 * @param path qualified
 */
public record Location(FileSystem fileSystem, Path path) {
  private static final String S3A = "s3a";

  /**
   * @param uri a URI, or a path of the default file system ({@code fs.defaultFS})
   * @throws IOException if its storage is not known or cannot be reached
   * @throws ConfigurationException if S3A cannot open the bucket
   */
  public static Location of(String uri, Configuration hadoop) throws IOException {
    return of(new Path(uri), hadoop);
  }

  public static Location of(Path path, Configuration hadoop) throws IOException {
    requireBucket(path);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return new Location(fileSystem, fileSystem.makeQualified(path));
  }

  /** S3A takes the bucket for a host and says of what Java has for none that it is empty. */
  private static void requireBucket(Path path) {
    URI uri = path.toUri();
    if (S3A.equals(uri.getScheme()) && uri.getAuthority() != null && uri.getHost() == null) {
      throw new ConfigurationException(
          path
              + ": S3A cannot open bucket "
              + uri.getAuthority()
              + ", as its name is none of a host: needed are letters, digits and hyphens between"
              + " dots, and a last part that begins with a letter");
    }
  }
}
