package org.inceptionspark.job.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.shims.S3a;

/**
 * Opens objects by their exact path, from a listing or a table's column {@code path}, even where
 * Hadoop's paths cannot represent it.
 */
public final class StoredObjects {
  private static final String LOCAL = "file";

  private StoredObjects() {}

  /**
   * The bytes of an object as it is now.
   *
   * @param uri in the table's form
   */
  public static byte[] read(String uri, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    if (isLocal(fileSystem)) {
      return Files.readAllBytes(local(uri, fileSystem));
    }
    Optional<String> key = keyThatPathsCannotSay(uri, path, fileSystem);
    if (key.isPresent()) {
      return requireS3(fileSystem, uri).read(key.get(), null);
    }
    try (FSDataInputStream in = fileSystem.open(path)) {
      return in.readAllBytes();
    }
  }

  /** Whether it is on this machine, or mounted on it. */
  public static boolean isLocal(FileSystem fileSystem) {
    return LOCAL.equals(fileSystem.getUri().getScheme());
  }

  /** The file of a URI or of a relative path. */
  public static java.nio.file.Path local(String uri, FileSystem fileSystem) {
    return LocalNames.path(
        uri.startsWith(LOCAL + ":/") ? uri : fileSystem.makeQualified(new Path(uri)).toString());
  }

  /** The key of an object on S3 that Hadoop's path would not represent. */
  public static Optional<String> keyThatPathsCannotSay(
      String uri, Path path, FileSystem fileSystem) {
    int authority = uri.indexOf("://") + "://".length();
    int slash = uri.indexOf('/', authority);
    boolean named = authority >= "://".length() && slash > 0;
    return named && !path.toString().equals(uri) && S3a.is(fileSystem)
        ? Optional.of(uri.substring(slash + 1))
        : Optional.empty();
  }

  /**
   * @throws IOException if these objects cannot be requested by their keys
   */
  public static S3Objects requireS3(FileSystem fileSystem, String uri) throws IOException {
    return S3Objects.of(fileSystem)
        .orElseThrow(() -> new IOException("this hadoop-aws cannot ask for the key of " + uri));
  }
}
