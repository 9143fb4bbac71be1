package org.inceptionspark.image.tiff;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/** PackBits (TIFF 6.0, section 9): a signed count, then one byte to repeat or several to copy. */
final class PackBits implements ByteSource {
  private final byte[] data;
  private final int end;
  private int position;

  // What is left of the current run.
  private int left;
  private boolean repeats;

  PackBits(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  @Override
  public void read(byte[] target) throws ImageException {
    int filled = 0;
    while (filled < target.length) {
      if (left == 0) {
        startRun();
      }
      int count = Math.min(left, target.length - filled);
      if (repeats) {
        Arrays.fill(target, filled, filled + count, data[position]);
      } else {
        System.arraycopy(data, position, target, filled, count);
        position += count;
      }
      left -= count;
      filled += count;
      if (left == 0 && repeats) {
        position++;
      }
    }
  }

  private void startRun() throws ImageException {
    int count;
    do {
      if (position >= end) {
        throw ByteSource.endsEarly();
      }
      count = data[position++];
    } while (count == -128); // says nothing
    repeats = count < 0;
    left = repeats ? 1 - count : 1 + count;
    if (position + (repeats ? 1 : left) > end) {
      throw ByteSource.endsEarly();
    }
  }
}
