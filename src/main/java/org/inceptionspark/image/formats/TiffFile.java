package org.inceptionspark.image.formats;

import static org.inceptionspark.image.core.TiffDirectory.BITS_PER_SAMPLE;
import static org.inceptionspark.image.core.TiffDirectory.COMPRESSION;
import static org.inceptionspark.image.core.TiffDirectory.IMAGE_LENGTH;
import static org.inceptionspark.image.core.TiffDirectory.IMAGE_WIDTH;
import static org.inceptionspark.image.core.TiffDirectory.ORIENTATION;
import static org.inceptionspark.image.core.TiffDirectory.PHOTOMETRIC;
import static org.inceptionspark.image.core.TiffDirectory.SAMPLES_PER_PIXEL;
import static org.inceptionspark.image.core.TiffDirectory.SAMPLE_FORMAT;
import static org.inceptionspark.image.core.TiffDirectory.TILE_LENGTH;
import static org.inceptionspark.image.core.TiffDirectory.TILE_WIDTH;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageReader;
import org.inceptionspark.image.core.CmykRgb;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.TiffDirectory;

/** The first page of a TIFF or BigTIFF by TwelveMonkeys' reader, after a look at its directory. */
public final class TiffFile implements ImageFile {
  private static final long UNSIGNED = 1;
  private static final long SEPARATED = 5;

  /** None, CCITT 2 to 4, LZW, both JPEGs, both deflates, PackBits. */
  private static final Set<Long> COMPRESSIONS =
      Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32773L, 32946L);

  /** Colours, alpha and a few more: each is memory of the picture's size. */
  private static final long MOST_SAMPLES = 16;

  /** A tile may be larger than a small picture: 4096 x 4096. */
  private static final long LARGEST_TILE = 1 << 24;

  private final EncodedBytes bytes;
  private final TiffDirectory directory;

  private TiffFile(EncodedBytes bytes, TiffDirectory directory) {
    this.bytes = bytes;
    this.directory = directory;
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    TiffDirectory directory = TiffDirectory.first(bytes);
    long format = directory.value(SAMPLE_FORMAT, UNSIGNED);
    long bits = directory.value(BITS_PER_SAMPLE, 1);
    long compression = directory.value(COMPRESSION, 1);
    if (format != UNSIGNED || bits > 16) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, "samples of " + bits + " bits, format " + format);
    }
    if (!COMPRESSIONS.contains(compression)) {
      throw ImageException.unsupported(ImageFormat.TIFF, "compression " + compression);
    }
    if (directory.value(SAMPLES_PER_PIXEL, 1) > MOST_SAMPLES) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, directory.value(SAMPLES_PER_PIXEL, 1) + " samples a pixel");
    }
    TiffFile file = new TiffFile(bytes, directory);
    file.requireModestTiles();
    return file;
  }

  /** Readers allocate tiles as large as the directory says, whatever the picture's size. */
  private void requireModestTiles() throws ImageException {
    long tileWidth = directory.value(TILE_WIDTH, 0);
    long tileLength = directory.value(TILE_LENGTH, 0);
    long largest = Math.max(LARGEST_TILE, 2L * width() * height());
    boolean isModest =
        tileWidth >= 0 && tileLength >= 0 && tileWidth <= largest / Math.max(1, tileLength);
    if (!isModest) {
      throw new ImageException(
          Kind.TOO_LARGE, "TIFF: tiles of " + tileWidth + " x " + tileLength + " pixels");
    }
  }

  @Override
  public int width() {
    return side(IMAGE_WIDTH);
  }

  @Override
  public int height() {
    return side(IMAGE_LENGTH);
  }

  private int side(int tag) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, directory.value(tag, 0)));
  }

  @Override
  public int orientation() {
    return ExifOrientation.valid(directory.value(ORIENTATION, ExifOrientation.UPRIGHT));
  }

  @Override
  public RgbImage pixels() throws IOException, ImageException {
    Reader reader = directory.isBig() ? Reader.BIG_TIFF : Reader.TIFF;
    return reader.use(bytes.array(), ImageFormat.TIFF, TiffFile::isHarmless, this::read);
  }

  private RgbImage read(ImageReader reader) throws IOException {
    return directory.value(PHOTOMETRIC, 0) == SEPARATED
        ? CmykRgb.ofTiff(reader.readRaster(0, null))
        : RasterRgb.of(reader.read(0));
  }

  /** Most warnings are about sloppy writers; those of the JPEG reader inside are about damage. */
  private static boolean isHarmless(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return !text.contains("corrupt") && !text.contains("premature") && !text.contains("truncated");
  }
}
