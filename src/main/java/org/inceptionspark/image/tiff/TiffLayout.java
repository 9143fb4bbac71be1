package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.BITS_PER_SAMPLE;
import static org.inceptionspark.image.tiff.TiffDirectory.IMAGE_LENGTH;
import static org.inceptionspark.image.tiff.TiffDirectory.IMAGE_WIDTH;
import static org.inceptionspark.image.tiff.TiffDirectory.PLANAR_CONFIGURATION;
import static org.inceptionspark.image.tiff.TiffDirectory.ROWS_PER_STRIP;
import static org.inceptionspark.image.tiff.TiffDirectory.SAMPLES_PER_PIXEL;
import static org.inceptionspark.image.tiff.TiffDirectory.TILE_LENGTH;
import static org.inceptionspark.image.tiff.TiffDirectory.TILE_WIDTH;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFormat;

/**
 * How a page's samples are laid out in its file. A chunk is a strip, as wide as the picture, or a
 * tile, which may reach beyond its right and lower edges.
 *
 * @param bits of every sample
 * @param samples of a pixel, alpha and others included
 * @param isPlanar each sample has chunks of its own: all chunks of the first, then of the second
 */
record TiffLayout(
    int width,
    int height,
    int bits,
    int samples,
    boolean isPlanar,
    int chunkWidth,
    int chunkHeight) {

  /** Colours, alpha and a few more: each costs a row's memory, and work. */
  private static final int MOST_SAMPLES = 16;

  private static final int LARGEST_TILE_SIDE = 1 << 16;
  private static final long MOST_PIXELS_OF_TILES = 1 << 28;

  static TiffLayout of(TiffDirectory directory) throws ImageException {
    int width = side(directory.value(IMAGE_WIDTH, 0));
    int height = side(directory.value(IMAGE_LENGTH, 0));
    long[] bits = directory.values(BITS_PER_SAMPLE);
    long samples = directory.value(SAMPLES_PER_PIXEL, Math.max(1, bits.length));
    if (samples < 1) {
      throw ImageException.corrupt(ImageFormat.TIFF, "no samples in a pixel");
    }
    if (samples > MOST_SAMPLES) {
      throw ImageException.unsupported(ImageFormat.TIFF, samples + " samples a pixel");
    }
    if (directory.isOldJpeg()) {
      requireStream(directory);
      return new TiffLayout(width, height, depth(bits), (int) samples, false, width, height);
    }
    boolean isPlanar = samples > 1 && isPlanar(directory.value(PLANAR_CONFIGURATION, 1));
    boolean isTiled = directory.has(TILE_WIDTH);
    int chunkWidth = isTiled ? side(directory.value(TILE_WIDTH, 0)) : width;
    long rows = isTiled ? directory.value(TILE_LENGTH, 0) : directory.value(ROWS_PER_STRIP, height);
    int chunkHeight = isTiled ? side(rows) : (int) Math.min(rows, height);
    TiffLayout layout =
        new TiffLayout(
            width, height, depth(bits), (int) samples, isPlanar, chunkWidth, chunkHeight);
    if (isTiled) {
      layout.requireModestTiles();
    }
    return layout;
  }

  /** A JPEG in pieces, with tables and scans under separate tags, is not reassembled. */
  private static void requireStream(TiffDirectory directory) throws ImageException {
    if (!directory.has(TiffDirectory.JPEG_STREAM)) {
      throw ImageException.unsupported(ImageFormat.TIFF, "old-style JPEG in pieces");
    }
  }

  private static int side(long value) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
  }

  private static boolean isPlanar(long configuration) throws ImageException {
    if (configuration != 1 && configuration != 2) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, "planar configuration " + configuration + ", needed 1 or 2");
    }
    return configuration == 2;
  }

  /** The depth of all samples, 0 where they differ. Sloppy writers give it only once. */
  private static int depth(long[] bits) {
    long first = bits.length == 0 ? 1 : bits[0];
    for (long other : bits) {
      if (other != first) {
        return 0;
      }
    }
    return side(first);
  }

  /** What tiles hold outside the picture is unpacked too. */
  private void requireModestTiles() throws ImageException {
    long padded = (long) chunksAcross() * chunkWidth * height;
    boolean isModest =
        chunkWidth <= Math.max(LARGEST_TILE_SIDE, 2L * width)
            && padded <= Math.max(MOST_PIXELS_OF_TILES, 3L * width * height);
    if (!isModest) {
      throw new ImageException(
          Kind.TOO_LARGE, "TIFF: tiles of " + chunkWidth + " x " + chunkHeight + " pixels");
    }
  }

  int chunksAcross() {
    return chunkWidth == 0 ? 0 : (int) (((long) width + chunkWidth - 1) / chunkWidth);
  }

  int chunksDown() {
    return chunkHeight == 0 ? 0 : (int) (((long) height + chunkHeight - 1) / chunkHeight);
  }

  /** Interleaved samples of a pixel in a chunk. */
  int samplesTogether() {
    return isPlanar ? 1 : samples;
  }

  /** Bytes of one row of a chunk; each row begins on a byte. */
  long rowBytes() {
    return ((long) chunkWidth * samplesTogether() * bits + 7) / 8;
  }
}
