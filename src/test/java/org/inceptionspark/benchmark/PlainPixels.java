package org.inceptionspark.benchmark;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;

/** The usual way from a file to the network's input with what the JDK has. */
final class PlainPixels {
  static final int BATCH = 8;
  static final int SIZE = 299;
  private static final double CENTRAL_FRACTION = 0.875;

  private PlainPixels() {}

  /** Room for a batch, [batch, 3, 299, 299]. */
  static FloatBuffer buffer() {
    return ByteBuffer.allocateDirect(BATCH * 3 * SIZE * SIZE * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  static void append(byte[] file, FloatBuffer planes) {
    int[] pixels = resized(file).getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
    for (int shift = 16; shift >= 0; shift -= 8) {
      for (int pixel : pixels) {
        planes.put((pixel >> shift & 0xff) / 127.5f - 1);
      }
    }
  }

  private static BufferedImage resized(byte[] file) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      int width = (int) (image.getWidth() * CENTRAL_FRACTION);
      int height = (int) (image.getHeight() * CENTRAL_FRACTION);
      int left = (image.getWidth() - width) / 2;
      int top = (image.getHeight() - height) / 2;
      BufferedImage small = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = small.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, SIZE, SIZE, left, top, left + width, top + height, null);
      graphics.dispose();
      return small;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
