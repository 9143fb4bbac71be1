package org.inceptionspark.weights.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends after a given number of bytes. */
final class BoundedStream extends FilterInputStream {
  private long left;

  public BoundedStream(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    int value = left > 0 ? super.read() : -1;
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = left > 0 ? super.read(to, offset, (int) Math.min(length, left)) : -1;
    left -= Math.max(count, 0);
    return count;
  }
}
