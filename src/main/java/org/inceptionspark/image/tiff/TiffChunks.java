package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.COMPRESSION;
import static org.inceptionspark.image.tiff.TiffDirectory.FILL_ORDER;
import static org.inceptionspark.image.tiff.TiffDirectory.JPEG_STREAM;
import static org.inceptionspark.image.tiff.TiffDirectory.JPEG_STREAM_LENGTH;
import static org.inceptionspark.image.tiff.TiffDirectory.STRIP_BYTE_COUNTS;
import static org.inceptionspark.image.tiff.TiffDirectory.STRIP_OFFSETS;
import static org.inceptionspark.image.tiff.TiffDirectory.TILE_BYTE_COUNTS;
import static org.inceptionspark.image.tiff.TiffDirectory.TILE_OFFSETS;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;

/** Where the strips or tiles of a page are in the file. */
final class TiffChunks {
  private static final int NONE = 1;
  private static final long[] NOT_TOLD = {};

  private final EncodedBytes bytes;
  private final byte[] data;
  private final long[] offsets;
  private final long[] counts;

  private TiffChunks(EncodedBytes bytes, byte[] data, long[] offsets, long[] counts) {
    this.bytes = bytes;
    this.data = data;
    this.offsets = offsets;
    this.counts = counts;
  }

  static TiffChunks of(EncodedBytes bytes, TiffDirectory directory) throws ImageException {
    if (directory.isOldJpeg()) {
      return new TiffChunks(
          bytes,
          bytes.array(),
          directory.values(JPEG_STREAM),
          directory.values(JPEG_STREAM_LENGTH));
    }
    boolean isTiled = directory.has(TILE_OFFSETS);
    long[] offsets = directory.values(isTiled ? TILE_OFFSETS : STRIP_OFFSETS);
    // Many writers give the only strip of an uncompressed picture a wrong length; libtiff ignores
    // it.
    long[] counts =
        directory.value(COMPRESSION, 1) == NONE && offsets.length == 1
            ? NOT_TOLD
            : directory.values(isTiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
    boolean isReversed = directory.value(FILL_ORDER, 1) == 2 && !directory.isJpeg();
    byte[] data = isReversed ? reversedBits(bytes.array()) : bytes.array();
    return new TiffChunks(bytes, data, offsets, counts);
  }

  /** Some writers, mostly of faxes, put the first pixel into the lowest bit. */
  private static byte[] reversedBits(byte[] data) {
    byte[] reversed = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      reversed[i] = (byte) (Integer.reverse(data[i]) >>> 24);
    }
    return reversed;
  }

  int size() {
    return offsets.length;
  }

  /** The file's bytes, the first pixel in the highest bit. */
  byte[] data() {
    return data;
  }

  int start(int chunk) throws ImageException {
    bytes.require(offsets[chunk], 1);
    return (int) offsets[chunk];
  }

  /** The end of the chunk; the file's end where the length is missing or too large. */
  int end(int chunk) throws ImageException {
    int start = start(chunk);
    long most = (long) bytes.length() - start;
    long count = chunk < counts.length ? counts[chunk] : 0;
    return start + (int) (count <= 0 ? most : Math.min(most, count));
  }
}
