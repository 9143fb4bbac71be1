package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;

/**
 * BMP by the JDK's reader. It believes sizes and offsets in the header that other readers ignore,
 * so it gets a header that agrees with the file.
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
  private static final int BIT_FIELDS = 3;
  private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);

  private final EncodedBytes bytes;
  private final int header;
  private final boolean core;
  private final int bits;
  private final long compression;
  private final int width;
  private final int height;

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
    // A negative height says that the first row is the top one.
    this.height = (int) Math.min(Integer.MAX_VALUE, Math.abs(storedHeight));
    this.bits = bytes.uint16(core ? 24 : 28, LITTLE_ENDIAN);
    this.compression = core ? UNCOMPRESSED : bytes.uint32(30, LITTLE_ENDIAN);
    if (!BITS.contains(bits)) {
      throw ImageException.unsupported(ImageFormat.BMP, bits + " bits a pixel");
    }
    if (compression > (header == OS2_HEADER ? BIT_FIELDS - 1 : BIT_FIELDS)) { // CCITT in OS/2's
      throw ImageException.unsupported(ImageFormat.BMP, "compression " + compression);
    }
    if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
      long rowBytes = ((long) width * bits + 31) / 32 * 4;
      requirePixels(rowBytes);
    }
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new BmpFile(bytes);
  }

  /** Impossible sizes are left to the check against the largest picture. */
  private void requirePixels(long rowBytes) throws ImageException {
    if (rowBytes > 0 && rowBytes * height <= Integer.MAX_VALUE) {
      bytes.require(pixelOffset(), rowBytes * height);
    }
  }

  /** Where the rows begin; if the file says 0, after the header, its masks and colours. */
  private long pixelOffset() throws ImageException {
    long stored = bytes.uint32(10, LITTLE_ENDIAN);
    if (stored != 0) {
      return stored;
    }
    long used = core ? 0 : bytes.uint32(46, LITTLE_ENDIAN);
    long colours = bits > 8 || used > 0 ? used : 1L << bits;
    boolean masks = compression == BIT_FIELDS && header == INFO_HEADER;
    return FILE_HEADER + (long) header + (masks ? MASKS : 0) + colours * (core ? 3 : 4);
  }

  /**
   * The file's bytes under a header with the file's true sizes; 0 means everything that follows.
   */
  private byte[] consistent() throws ImageException {
    ByteBuffer file = ByteBuffer.wrap(bytes.array().clone()).order(LITTLE_ENDIAN);
    file.putInt(2, bytes.length());
    file.putInt(10, (int) pixelOffset());
    if (!core) {
      file.putInt(34, 0);
    }
    return header == OS2_HEADER ? withInfoHeader(file) : file.array();
  }

  /** Without the extra fields at the end of an OS/2 header. */
  private static byte[] withInfoHeader(ByteBuffer file) {
    int end = FILE_HEADER + INFO_HEADER;
    int surplus = OS2_HEADER - INFO_HEADER;
    file.putInt(10, file.getInt(10) - surplus);
    file.putInt(FILE_HEADER, INFO_HEADER);
    ByteBuffer shorter = ByteBuffer.allocate(file.capacity() - surplus).order(LITTLE_ENDIAN);
    shorter.put(file.array(), 0, end);
    shorter.put(file.array(), end + surplus, file.capacity() - end - surplus);
    return shorter.putInt(2, shorter.capacity()).array();
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
  public RgbImage pixels() throws IOException, ImageException {
    return Reader.BMP.use(
        consistent(), ImageFormat.BMP, warning -> false, reader -> RasterRgb.of(reader.read(0)));
  }
}
