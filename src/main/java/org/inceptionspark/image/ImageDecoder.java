package org.inceptionspark.image;

import java.io.IOException;
import javax.imageio.ImageIO;
import org.inceptionspark.image.ImageException.Kind;

/**
 * Bytes of a picture to RGB: JPEG, PNG, GIF, BMP, TIFF, WebP. The first frame or page counts; alpha
 * is dropped without blending, colour profiles and gamma are ignored, 16 bits keep their high byte,
 * grey is repeated, CMYK is multiplied out. A picture that is cut off is an error, never half grey.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ImageDecoder {
  static {
    // Some readers open streams of their own: those must stay in memory too.
    ImageIO.setUseCache(false);
  }

  private final Orientation orientation;
  private final long maxPixels;

  /**
   * A decoder.
   *
   * @param maxPixels width times height that a header may claim; more is TOO_LARGE and nothing is
   *     allocated
   */
  public ImageDecoder(Orientation orientation, long maxPixels) {
    if (maxPixels <= 0) {
      throw new IllegalArgumentException("max pixels must be positive, found " + maxPixels);
    }
    this.orientation = orientation;
    this.maxPixels = Math.min(maxPixels, Integer.MAX_VALUE / 4);
  }

  /**
   * Decodes one picture.
   *
   * @throws ImageException whatever is wrong with the bytes; nothing else is thrown for them
   */
  public DecodedImage decode(byte[] bytes) throws ImageException {
    ImageFormat format = ImageFormat.of(bytes);
    try {
      ImageFile file = format.open(bytes);
      checkSize(format, file);
      RgbImage pixels = file.pixels();
      return new DecodedImage(
          orientation == Orientation.APPLY ? Turn.upright(pixels, file.orientation()) : pixels,
          format.name());
    } catch (IOException | RuntimeException e) {
      throw new ImageException(Kind.CORRUPT, format + ": " + reason(e), e);
    } catch (StackOverflowError e) {
      throw new ImageException(Kind.CORRUPT, format + ": nested too deeply", e);
    } catch (OutOfMemoryError e) {
      throw new ImageException(Kind.TOO_LARGE, format + ": does not fit into memory", e);
    }
  }

  private void checkSize(ImageFormat format, ImageFile file) throws ImageException {
    String size = format + ": " + file.width() + " x " + file.height() + " pixels";
    if (file.width() <= 0 || file.height() <= 0) {
      throw new ImageException(Kind.CORRUPT, size);
    }
    if ((long) file.width() * file.height() > maxPixels) {
      throw new ImageException(Kind.TOO_LARGE, size + ", at most " + maxPixels + " allowed");
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
