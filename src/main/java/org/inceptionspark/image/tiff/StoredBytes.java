package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;

/** Data that is not compressed. */
final class StoredBytes implements ByteSource {
  private final byte[] data;
  private final int end;
  private int position;

  StoredBytes(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  @Override
  public void read(byte[] target) throws ImageException {
    if (target.length > end - position) {
      throw ByteSource.endsEarly();
    }
    System.arraycopy(data, position, target, 0, target.length);
    position += target.length;
  }
}
