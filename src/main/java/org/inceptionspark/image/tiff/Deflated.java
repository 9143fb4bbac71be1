package org.inceptionspark.image.tiff;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** Zlib data. */
final class Deflated implements ByteSource {
  private final Inflater inflater = new Inflater();

  Deflated(byte[] data, int start, int end) {
    inflater.setInput(data, start, end - start);
  }

  @Override
  public void read(byte[] target) throws ImageException {
    int filled = 0;
    while (filled < target.length) {
      int count = inflate(target, filled);
      if (count == 0) {
        throw ByteSource.endsEarly();
      }
      filled += count;
    }
  }

  /** The checksum after the last byte is compared; more bytes than the picture needs do no harm. */
  @Override
  public void finish() throws ImageException {
    inflate(new byte[1], 0);
  }

  private int inflate(byte[] target, int from) throws ImageException {
    try {
      return inflater.inflate(target, from, target.length - from);
    } catch (DataFormatException e) {
      throw ImageException.corrupt(ImageFormat.TIFF, "deflate: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
