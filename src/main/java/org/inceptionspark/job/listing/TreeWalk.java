package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;

/**
 * The entries below a directory, one directory listing at a time, except directories that it
 * enters.
 */
final class TreeWalk<T> implements RemoteIterator<T> {
  private final FunctionRaisingIOE<T, RemoteIterator<T>> entries;
  private final Predicate<T> enters;
  private final Deque<RemoteIterator<T>> open = new ArrayDeque<>();
  private T next;

  /**
   * @param entries of a directory
   * @param enters whether an entry is a directory to be walked through; asked once for each
   */
  TreeWalk(FunctionRaisingIOE<T, RemoteIterator<T>> entries, Predicate<T> enters, T root)
      throws IOException {
    this.entries = entries;
    this.enters = enters;
    open.push(entries.apply(root));
  }

  @Override
  public boolean hasNext() throws IOException {
    while (next == null && !open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      T entry = open.peek().next();
      if (enters.test(entry)) {
        open.push(entries.apply(entry));
      } else {
        next = entry;
      }
    }
    return next != null;
  }

  @Override
  public T next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T entry = next;
    next = null;
    return entry;
  }
}
