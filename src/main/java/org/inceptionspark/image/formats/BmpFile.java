package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Set;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;

/**
 * BMP of Windows and OS/2. Of the sizes in its headers, only those that other readers look at
 * count; the JDK's reader trusts all of them, and accepts run lengths that are cut off.
 */
public final class BmpFile implements ImageFile {
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;

  /** OS/2 2.x: an {@link #INFO_HEADER} followed by fields that do not concern the pixels. */
  private static final int OS2_HEADER = 64;

  private static final Set<Integer> HEADERS =
      Set.of(CORE_HEADER, INFO_HEADER, 52, 56, OS2_HEADER, 108, 124);
  private static final int MASKS = 12;
  private static final int UNCOMPRESSED = 0;
  private static final int RUNS_OF_8_BITS = 1;
  private static final int RUNS_OF_4_BITS = 2;
  private static final int BIT_FIELDS = 3;
  private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);

  private final EncodedBytes bytes;
  private final int header;
  private final boolean core;
  private final int bits;
  private final long compression;
  private final int width;
  private final int height;
  private final boolean isTopDown;

  private BmpFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.header = (int) bytes.uint32(FILE_HEADER, LITTLE_ENDIAN);
    if (!HEADERS.contains(header)) {
      throw ImageException.unsupported(ImageFormat.BMP, "header of " + header + " bytes");
    }
    this.core = header == CORE_HEADER;
    long storedHeight =
        core ? bytes.uint16(20, LITTLE_ENDIAN) : (int) bytes.uint32(22, LITTLE_ENDIAN);
    this.width = core ? bytes.uint16(18, LITTLE_ENDIAN) : (int) bytes.uint32(18, LITTLE_ENDIAN);
    this.height = (int) Math.min(Integer.MAX_VALUE, Math.abs(storedHeight));
    this.isTopDown = storedHeight < 0;
    this.bits = bytes.uint16(core ? 24 : 28, LITTLE_ENDIAN);
    this.compression = core ? UNCOMPRESSED : bytes.uint32(30, LITTLE_ENDIAN);
    if (!BITS.contains(bits)) {
      throw ImageException.unsupported(ImageFormat.BMP, bits + " bits a pixel");
    }
    if (!isRead()) {
      throw ImageException.unsupported(
          ImageFormat.BMP, "compression " + compression + " of " + bits + " bits a pixel");
    }
    if (!isPacked()) {
      requirePixels();
    }
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new BmpFile(bytes);
  }

  private boolean isRead() {
    if (compression == RUNS_OF_8_BITS) {
      return bits == 8;
    }
    if (compression == RUNS_OF_4_BITS) {
      return bits == 4;
    }
    // In OS/2's header the next number is CCITT compression.
    return compression == UNCOMPRESSED
        || (compression == BIT_FIELDS && bits >= 16 && header != OS2_HEADER);
  }

  private boolean isPacked() {
    return compression == RUNS_OF_8_BITS || compression == RUNS_OF_4_BITS;
  }

  /** Sizes that no file holds are left to the check of the largest picture. */
  private void requirePixels() throws ImageException {
    long used = ((long) width * bits + 7) / 8;
    long all = rowBytes() * (height - 1L) + used;
    if (width > 0 && height > 0 && all <= Integer.MAX_VALUE) {
      bytes.require(pixelOffset(), all);
    }
  }

  /** Rows end at 32 bits. */
  private long rowBytes() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /** Where the rows begin; if the file says 0, after the header, its masks and colours. */
  private long pixelOffset() throws ImageException {
    long stored = bytes.uint32(10, LITTLE_ENDIAN);
    if (stored != 0) {
      return stored;
    }
    long entries = bits <= 8 ? colours() : core ? 0 : bytes.uint32(46, LITTLE_ENDIAN);
    return paletteOffset() + entries * entryBytes();
  }

  private long paletteOffset() {
    boolean masks = compression == BIT_FIELDS && header == INFO_HEADER;
    return FILE_HEADER + (long) header + (masks ? MASKS : 0);
  }

  private int entryBytes() {
    return core ? 3 : 4;
  }

  /** Colours of the palette: as many as there are numbers, where the file does not say. */
  private long colours() throws ImageException {
    long used = core ? 0 : bytes.uint32(46, LITTLE_ENDIAN);
    return used == 0 ? 1L << bits : used;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int orientation() {
    return ExifOrientation.UPRIGHT;
  }

  @Override
  public RgbImage pixels() throws ImageException {
    byte[] rgb = new byte[width * height * 3];
    int start = (int) Math.min(Integer.MAX_VALUE, pixelOffset());
    if (isPacked()) {
      BmpPalette palette = palette();
      byte[] numbers = BmpRunLengths.decode(bytes, start, bits, width, height);
      for (int i = 0; i < numbers.length; i++) {
        palette.colour(numbers[i], rgb, 3 * (row(i / width) * width + i % width));
      }
    } else {
      BmpColours colours = coloursOfPixels();
      for (int y = 0; y < height; y++) {
        int from = (int) (start + y * rowBytes());
        colours.toRgb(bytes, from, width, rgb, 3 * width * row(y));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private BmpColours coloursOfPixels() throws ImageException {
    if (bits <= 8) {
      return palette();
    }
    return compression == BIT_FIELDS
        ? BmpMasks.stored(bytes, bits, FILE_HEADER + INFO_HEADER)
        : BmpMasks.usual(bits);
  }

  private BmpPalette palette() throws ImageException {
    int entries = (int) Math.min(1 << bits, colours());
    return new BmpPalette(bytes, bits, paletteOffset(), entries, entryBytes());
  }

  /** The first row of a file is the lowest one, or the highest if the height is negative. */
  private int row(int stored) {
    return isTopDown ? stored : height - 1 - stored;
  }
}
