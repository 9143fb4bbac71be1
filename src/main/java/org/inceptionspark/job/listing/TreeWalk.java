package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;

/** The files below a directory, one directory listing at a time. */
final class TreeWalk implements RemoteIterator<FileStatus> {
  private final FileSystem fileSystem;
  private final Deque<RemoteIterator<FileStatus>> open = new ArrayDeque<>();
  private FileStatus next;

  TreeWalk(FileSystem fileSystem, Path root) throws IOException {
    this.fileSystem = fileSystem;
    open.push(list(root));
  }

  /** What goes wrong is about this directory, of the many below an input. */
  private RemoteIterator<FileStatus> list(Path directory) throws IOException {
    try {
      return fileSystem.listStatusIterator(directory);
    } catch (FileNotFoundException deletedMeanwhile) {
      throw deletedMeanwhile;
    } catch (IOException e) {
      throw new RunException("directory " + directory + ": " + StorageFailure.describe(e), e);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    while (next == null && !open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      FileStatus entry = open.peek().next();
      if (entry.isDirectory()) {
        open.push(list(entry.getPath()));
      } else {
        next = entry;
      }
    }
    return next != null;
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FileStatus file = next;
    next = null;
    return file;
  }
}
