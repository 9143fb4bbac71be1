package org.inceptionspark.job.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The state of files when something was made from them: length, time, and the etag or inode where
 * there is one. It is recorded before they are read, so that a change meanwhile is noticed.
 */
public final class FileVersions {
  private final Map<Path, String> versions = new LinkedHashMap<>();

  void note(FileStatus file) {
    versions.put(file.getPath(), version(file));
  }

  void note(java.nio.file.Path file) throws IOException {
    versions.put(new Path(file.toUri()), version(file));
  }

  /** Whether all of them are unchanged. */
  public boolean areCurrent(Configuration hadoop) {
    try {
      for (Map.Entry<Path, String> file : versions.entrySet()) {
        if (!file.getValue().equals(version(file.getKey(), hadoop))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // their reader reports why
    }
  }

  private static String version(Path file, Configuration hadoop) throws IOException {
    return "file".equals(file.toUri().getScheme())
        ? version(java.nio.file.Path.of(file.toUri()))
        : version(file.getFileSystem(hadoop).getFileStatus(file));
  }

  static String version(FileStatus file) {
    String etag = file instanceof EtagSource source ? source.getEtag() : "";
    return file.getLen() + " " + file.getModificationTime() + " " + etag;
  }

  private static String version(java.nio.file.Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return found.size() + " " + found.lastModifiedTime().toInstant() + " " + found.fileKey();
  }
}
