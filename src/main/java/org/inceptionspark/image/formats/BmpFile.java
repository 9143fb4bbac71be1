package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.util.Set;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;

/** BMP by the JDK's reader, whose header is checked before. */
public final class BmpFile implements ImageFile {
  private static final int CORE_HEADER = 12;
  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;
  private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);

  private final EncodedBytes bytes;
  private final int width;
  private final int height;

  private BmpFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    boolean core = bytes.uint32(14, LITTLE_ENDIAN) == CORE_HEADER;
    long storedHeight =
        core ? bytes.uint16(20, LITTLE_ENDIAN) : (int) bytes.uint32(22, LITTLE_ENDIAN);
    this.width = core ? bytes.uint16(18, LITTLE_ENDIAN) : (int) bytes.uint32(18, LITTLE_ENDIAN);
    // A negative height says that the first row is the top one.
    this.height = (int) Math.min(Integer.MAX_VALUE, Math.abs(storedHeight));
    int bits = bytes.uint16(core ? 24 : 28, LITTLE_ENDIAN);
    long compression = core ? UNCOMPRESSED : bytes.uint32(30, LITTLE_ENDIAN);
    if (!BITS.contains(bits)) {
      throw ImageException.unsupported(ImageFormat.BMP, bits + " bits a pixel");
    }
    if (compression > BIT_FIELDS) {
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

  /** Sizes that no file holds are left to the check of the largest picture. */
  private void requirePixels(long rowBytes) throws ImageException {
    if (rowBytes > 0 && rowBytes * height <= Integer.MAX_VALUE) {
      bytes.require(bytes.uint32(10, LITTLE_ENDIAN), rowBytes * height);
    }
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
        bytes.array(), ImageFormat.BMP, warning -> false, reader -> RasterRgb.of(reader.read(0)));
  }
}
