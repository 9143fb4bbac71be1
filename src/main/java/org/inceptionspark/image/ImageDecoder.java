package org.inceptionspark.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ExifRotation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.SampledImage;
import org.inceptionspark.image.formats.BmpFile;
import org.inceptionspark.image.formats.GifFile;
import org.inceptionspark.image.formats.PngFile;
import org.inceptionspark.image.jpeg.JpegFile;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.image.tiff.TiffFile;
import org.inceptionspark.image.webp.WebpFile;

/**
 * Bytes of a picture to RGB: JPEG, PNG, GIF, BMP, TIFF, WebP. The first frame or page counts; alpha
 * is dropped without blending, colour profiles and gamma are ignored, 16 bits keep their high byte,
 * grey is repeated, CMYK is multiplied out. A picture that is cut off is an error, never half grey.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ImageDecoder {
  static {
    // Some readers open streams themselves: those must stay in memory too.
    ImageIO.setUseCache(false);
  }

  /** No photograph is longer; it keeps tables with an entry per row or column small. */
  private static final int LONGEST_SIDE = 1_000_000;

  /** Divisors of a JPEG's sides, as Pillow and others offer them. */
  private static final int[] CUTS = {8, 4, 2};

  private final Orientation orientation;
  private final Decoding decoding;
  private final long maxPixels;

  /** A decoder of every pixel. */
  public ImageDecoder(Orientation orientation, long maxPixels) {
    this(orientation, Decoding.FULL, maxPixels);
  }

  /**
   * A decoder.
   *
   * @param decoding what {@link #decodeInto} may leave out; {@link #decode} always decodes
   *     everything
   * @param maxPixels width times height that a header may claim; more is TOO_LARGE and nothing is
   *     allocated. No side may exceed a million pixels
   */
  public ImageDecoder(Orientation orientation, Decoding decoding, long maxPixels) {
    if (maxPixels <= 0) {
      throw new IllegalArgumentException("max pixels must be positive, found " + maxPixels);
    }
    this.orientation = orientation;
    this.decoding = decoding;
    this.maxPixels = Math.min(maxPixels, Integer.MAX_VALUE / 4);
  }

  /**
   * Decodes one picture.
   *
   * @throws ImageException for anything wrong with the bytes; they cause no other exception
   */
  public DecodedImage decode(byte[] bytes) throws ImageException {
    ImageFormat format = ImageFormat.of(bytes);
    return guarded(
        format,
        () -> {
          ImageFile file = open(format, bytes);
          RgbImage pixels = ExifRotation.upright(file.pixels(), orientation(file));
          return new DecodedImage(pixels, format.name());
        });
  }

  /**
   * Decodes one picture straight into a network's input: with {@link Decoding#FULL} the values of
   * {@link #decode} followed by {@link Preprocessing#apply}, without keeping the pixels of a large
   * photograph that the preprocessing does not read.
   *
   * @param target receives {@code height * width * 3} values from {@code offset} on
   * @throws ImageException as {@link #decode}; {@code target} is then unchanged
   */
  public ImageSummary decodeInto(
      byte[] bytes, Preprocessing preprocessing, int height, int width, float[] target, int offset)
      throws ImageException {
    ImageFormat format = ImageFormat.of(bytes);
    ImageFile file = guarded(format, () -> open(format, bytes));
    SampledImage image = guarded(format, () -> sample(file, preprocessing, height, width));
    preprocessing.apply(image, height, width, target, offset);
    UprightSize size = uprightSize(file);
    return new ImageSummary(format.name(), size.width(), size.height());
  }

  private SampledImage sample(ImageFile file, Preprocessing preprocessing, int height, int width)
      throws IOException, ImageException {
    int turn = orientation(file);
    ImageFile source = decoding == Decoding.FULL ? file : cut(file, preprocessing, height, width);
    UprightSize size = uprightSize(source);
    PixelGrid grid = preprocessing.reads(size.height(), size.width(), height, width);
    RgbImage stored = source.pixels(grid.stored(turn, source.height(), source.width()));
    return new SampledImage(size.height(), size.width(), grid, ExifRotation.upright(stored, turn));
  }

  /** The largest divisor that leaves the input at least as many pixels as it has. */
  private ImageFile cut(ImageFile file, Preprocessing preprocessing, int height, int width) {
    for (int divisor : CUTS) {
      Optional<ImageFile> smaller = file.reduced(divisor);
      if (smaller.isPresent()) {
        UprightSize size = uprightSize(smaller.get());
        Region shown = preprocessing.shows(size.height(), size.width(), height, width);
        if (shown.height() >= height && shown.width() >= width) {
          return smaller.get();
        }
      }
    }
    return file;
  }

  private record UprightSize(int height, int width) {}

  private UprightSize uprightSize(ImageFile file) {
    return ExifRotation.swapsAxes(orientation(file))
        ? new UprightSize(file.width(), file.height())
        : new UprightSize(file.height(), file.width());
  }

  private ImageFile open(ImageFormat format, byte[] bytes) throws ImageException {
    ImageFile file = header(new EncodedBytes(bytes, format));
    checkSize(format, file);
    return file;
  }

  /** Reads a header: sizes and offsets only, nothing of the picture's size is allocated. */
  private static ImageFile header(EncodedBytes bytes) throws ImageException {
    return switch (bytes.format()) {
      case JPEG -> JpegFile.open(bytes);
      case PNG -> PngFile.open(bytes);
      case GIF -> GifFile.open(bytes);
      case BMP -> BmpFile.open(bytes);
      case TIFF -> TiffFile.open(bytes);
      case WEBP -> WebpFile.open(bytes);
    };
  }

  private int orientation(ImageFile file) {
    return orientation == Orientation.APPLY ? file.orientation() : ExifOrientation.UPRIGHT;
  }

  private interface Step<T> {
    T run() throws IOException, ImageException;
  }

  /** Whatever a decoder throws on hostile bytes becomes an error kind. */
  private static <T> T guarded(ImageFormat format, Step<T> step) throws ImageException {
    try {
      return step.run();
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw failure(format, e);
    }
  }

  /** Readers wrap errors of the JVM in exceptions of their own: the root cause counts. */
  private static ImageException failure(ImageFormat format, Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof OutOfMemoryError) {
      return new ImageException(Kind.TOO_LARGE, format + ": does not fit into memory", thrown);
    }
    if (cause instanceof StackOverflowError) {
      return new ImageException(Kind.CORRUPT, format + ": nested too deeply", thrown);
    }
    return new ImageException(Kind.CORRUPT, format + ": " + reason(cause), thrown);
  }

  private void checkSize(ImageFormat format, ImageFile file) throws ImageException {
    String size = format + ": " + file.width() + " x " + file.height() + " pixels";
    if (file.width() <= 0 || file.height() <= 0) {
      throw new ImageException(Kind.CORRUPT, size);
    }
    if (Math.max(file.width(), file.height()) > LONGEST_SIDE) {
      throw new ImageException(Kind.TOO_LARGE, size + ", at most " + LONGEST_SIDE + " a side");
    }
    if ((long) file.width() * file.height() > maxPixels) {
      throw new ImageException(Kind.TOO_LARGE, size + ", at most " + maxPixels + " allowed");
    }
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
