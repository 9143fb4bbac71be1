package org.inceptionspark.job.storage;

import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSInputStream;

/**
 * A version of an object with random access, a few megabytes with each request. Sequential reading
 * makes one request for each of these; jumping about near the end makes a single one.
 */
public final class SeekableObject extends FSInputStream {
  private static final int WINDOW = 8 << 20;

  private final long length;
  private final Ranges ranges;
  private byte[] window = {};
  private long start;
  private long position;
  private long mark;

  /** Reads a part of an object. */
  @FunctionalInterface
  public interface Ranges {
    /** All of these bytes. */
    byte[] read(long from, int count) throws IOException;
  }

  /** Storage did not give a part of the object; the cause says why. */
  public static final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnavailableException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  public SeekableObject(long length, Ranges ranges) {
    this.length = length;
    this.ranges = ranges;
  }

  public long length() {
    return length;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long target) throws IOException {
    if (target < 0 || target > length) {
      throw new EOFException("no byte " + target + " of " + length);
    }
    position = target;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (position >= length) {
      return -1;
    }
    if (position < start || position >= start + window.length) {
      load();
    }
    int from = (int) (position - start);
    int copied = Math.min(count, window.length - from);
    System.arraycopy(window, from, into, offset, copied);
    position += copied;
    return copied;
  }

  private void load() throws IOException {
    boolean goesOn = position == start + window.length;
    long first = goesOn ? position : Math.min(position, Math.max(0, length - WINDOW));
    window = new byte[0]; // one at a time
    try {
      window = ranges.read(first, (int) Math.min(WINDOW, length - first));
    } catch (IOException e) {
      throw new UnavailableException(e);
    }
    start = first;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, length - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, length - position);
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int limit) {
    mark = position;
  }

  @Override
  public void reset() {
    position = mark;
  }
}
