package org.inceptionspark.image.tiff;

import java.nio.ByteOrder;
import org.inceptionspark.image.core.ImageException;

/**
 * Rows of samples of 1 to 16 bits, one after the other, each row from a byte boundary. Sixteen bits
 * are in the file's byte order, all others have their most significant bit first.
 */
final class PackedRows implements ChunkRows {
  private final ByteSource source;
  private final byte[] bytes;
  private final int bits;
  private final boolean isLittleEndian;
  private final boolean isPredicted;
  private final int together;
  private final int first;
  private final int step;

  /**
   * Rows of a chunk.
   *
   * @param first index of these samples in a pixel: 0, or the plane's number
   * @param step samples per pixel in the array that is filled
   */
  PackedRows(
      ByteSource source,
      TiffLayout layout,
      ByteOrder order,
      boolean isPredicted,
      int first,
      int step) {
    this.source = source;
    this.bytes = new byte[(int) layout.rowBytes()];
    this.bits = layout.bits();
    this.isLittleEndian = order == ByteOrder.LITTLE_ENDIAN;
    this.isPredicted = isPredicted;
    this.together = layout.samplesTogether();
    this.first = first;
    this.step = step;
  }

  @Override
  public void next(int[] samples) throws ImageException {
    source.read(bytes);
    int skipped = step - together;
    switch (bits) {
      case 8 -> octets(samples, skipped);
      case 16 -> pairs(samples, skipped);
      default -> bitFields(samples, skipped);
    }
    if (isPredicted) {
      addToLeft(samples);
    }
  }

  private void octets(int[] samples, int skipped) {
    int in = 0;
    for (int at = first; at < samples.length; at += skipped) {
      for (int i = 0; i < together; i++) {
        samples[at++] = bytes[in++] & 0xff;
      }
    }
  }

  private void pairs(int[] samples, int skipped) {
    int high = isLittleEndian ? 1 : 0;
    int in = 0;
    for (int at = first; at < samples.length; at += skipped) {
      for (int i = 0; i < together; i++, in += 2) {
        samples[at++] = (bytes[in + high] & 0xff) << 8 | bytes[in + 1 - high] & 0xff;
      }
    }
  }

  private void bitFields(int[] samples, int skipped) {
    int mask = (1 << bits) - 1;
    int buffer = 0;
    int buffered = 0;
    int in = 0;
    for (int at = first; at < samples.length; at += skipped) {
      for (int i = 0; i < together; i++) {
        while (buffered < bits) {
          buffer = buffer << 8 | bytes[in++] & 0xff;
          buffered += 8;
        }
        buffered -= bits;
        samples[at++] = buffer >>> buffered & mask;
      }
    }
  }

  /**
   * Undoes the predictor: each sample was stored as its difference from that of the pixel to the
   * left.
   */
  private void addToLeft(int[] samples) {
    int mask = (1 << bits) - 1;
    for (int pixel = step; pixel < samples.length; pixel += step) {
      for (int i = first; i < first + together; i++) {
        samples[pixel + i] = samples[pixel + i] + samples[pixel + i - step] & mask;
      }
    }
  }

  @Override
  public void finish() throws ImageException {
    source.finish();
  }

  @Override
  public void close() {
    source.close();
  }
}
