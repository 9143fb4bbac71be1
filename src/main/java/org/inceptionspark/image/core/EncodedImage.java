package org.inceptionspark.image.core;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as the bytes of a file, for pages and for disk. The array is shared, not copied.
 *
 * @param mediaType {@code image/png} or {@code image/jpeg}
 */
public record EncodedImage(String mediaType, int width, int height, byte[] bytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every pixel as it is. */
  public static EncodedImage png(RgbImage image) {
    return encoded(image, "png", ImageWriter::getDefaultWriteParam);
  }

  /**
   * Smaller, with slightly different pixels.
   *
   * @param quality 0 to 1
   */
  public static EncodedImage jpeg(RgbImage image, float quality) {
    return encoded(
        image,
        "jpeg",
        writer -> {
          ImageWriteParam parameters = writer.getDefaultWriteParam();
          parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          parameters.setCompressionQuality(quality);
          return parameters;
        });
  }

  private interface Parameters {
    ImageWriteParam of(ImageWriter writer);
  }

  private static EncodedImage encoded(RgbImage image, String format, Parameters parameters) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(buffered(image), null, null), parameters.of(writer));
    } catch (IOException e) {
      throw new UncheckedIOException(format + " into memory", e);
    } finally {
      writer.dispose();
    }
    return new EncodedImage("image/" + format, image.width(), image.height(), bytes.toByteArray());
  }

  public static BufferedImage buffered(RgbImage image) {
    int width = image.width();
    BufferedImage buffered = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    byte[] rgb = image.rgb();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        row[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
      }
      buffered.setRGB(0, y, width, 1, row, 0, width);
    }
    return buffered;
  }
}
