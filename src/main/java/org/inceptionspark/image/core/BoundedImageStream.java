package org.inceptionspark.image.core;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's bytes with a bound on how much is read: some readers continue past the end as if zeros
 * followed, others read the same strip again and again where a damaged directory says so. The bound
 * is on work, not time, so the outcome is the same on every machine.
 */
public final class BoundedImageStream extends ImageInputStreamImpl {
  private static final int MOST_READS_BEHIND_THE_END = 64;
  private static final int MOST_TIMES_OVER = 64;
  private static final long FREE_BYTES = 1 << 24;

  private final byte[] bytes;
  private long bytesLeft;
  private int readsBehindTheEnd;

  public BoundedImageStream(byte[] bytes) {
    this.bytes = bytes;
    this.bytesLeft = FREE_BYTES + (long) MOST_TIMES_OVER * bytes.length;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    count(1);
    return bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    int read = (int) Math.min(length, bytes.length - streamPos);
    count(read);
    System.arraycopy(bytes, (int) streamPos, buffer, offset, read);
    streamPos += read;
    return read;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  private int end() throws IOException {
    if (++readsBehindTheEnd > MOST_READS_BEHIND_THE_END) {
      throw new IOException("data ends before the picture does");
    }
    return -1;
  }

  private void count(int read) throws IOException {
    bytesLeft -= read;
    if (bytesLeft < 0) {
      throw new IOException("reads its bytes more than " + MOST_TIMES_OVER + " times over");
    }
  }
}
