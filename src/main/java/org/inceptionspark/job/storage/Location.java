package org.inceptionspark.job.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a URI leads. All names of storage are resolved here: every resulting path has its scheme
 * and authority, so that {@code hdfs:///labels}, {@code /labels} and {@code
 * hdfs://host:8020/labels} are one table with one lease, and no part of Hadoop or Spark fills in
 * something else.
 *
 * @param path qualified
 */
public record Location(FileSystem fileSystem, Path path) {
  /**
   * @param uri a URI, or a path of the default file system ({@code fs.defaultFS})
   * @throws IOException if its storage is not known or cannot be reached
   */
  public static Location of(String uri, Configuration hadoop) throws IOException {
    return of(new Path(uri), hadoop);
  }

  public static Location of(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return new Location(fileSystem, fileSystem.makeQualified(path));
  }
}
