package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.jpeg.scan.Coefficients;
import org.inceptionspark.image.jpeg.scan.JpegComponent;
import org.inceptionspark.image.jpeg.scan.JpegFrame;

/**
 * One component in a strip.
 *
 * @param h its blocks across an MCU
 * @param size samples a side of its blocks
 * @param firstBlock of its blocks in an MCU, of all components' blocks
 * @param columns its samples across an MCU
 * @param rows its samples down an MCU
 * @param expandX pixels across that each sample stands for
 * @param expandY pixels down that each sample stands for
 * @param smoothX whether samples are interpolated across instead of repeated
 * @param smoothY whether they are interpolated down
 * @param width its samples across the picture
 * @param height its samples down the picture
 */
public record StripPlane(
    int h,
    int v,
    int size,
    int firstBlock,
    int columns,
    int rows,
    int expandX,
    int expandY,
    boolean smoothX,
    boolean smoothY,
    int width,
    int height) {

  /** libjpeg-turbo's choices, of block size and of interpolation. */
  public static StripPlane of(StripLayout strip, JpegComponent component, int firstBlock)
      throws ImageException {
    JpegFrame frame = strip.frame;
    int h = component.h();
    int v = component.v();
    int size = strip.size;
    while (size < JpegFrame.BLOCK
        && strip.mcuWidth % (2 * size * h) == 0
        && strip.mcuHeight % (2 * size * v) == 0) {
      size *= 2;
    }
    int columns = h * size;
    int rows = v * size;
    if (strip.mcuWidth % columns != 0 || strip.mcuHeight % rows != 0) {
      throw ImageException.unsupported(
          ImageFormat.JPEG,
          "sampling factors " + h + " x " + v + " beside " + frame.maxH() + " x " + frame.maxV());
    }
    int expandX = strip.mcuWidth / columns;
    int expandY = strip.mcuHeight / rows;
    int width = JpegFrame.ceilDiv((long) frame.width() * columns, frame.maxH() * JpegFrame.BLOCK);
    int height = JpegFrame.ceilDiv((long) frame.height() * rows, frame.maxV() * JpegFrame.BLOCK);
    boolean mayBeSmooth = strip.size > 1;
    boolean smoothX = mayBeSmooth && expandX == 2 && expandY <= 2 && width > 2;
    boolean smoothY = mayBeSmooth && expandY == 2 && (expandX == 1 || smoothX);
    return new StripPlane(
        h, v, size, firstBlock, columns, rows, expandX, expandY, smoothX, smoothY, width, height);
  }

  /** The strip's row of numbers that holds this sample of every MCU. */
  public int row(int y, int x) {
    int block = firstBlock + y / size * h + x / size;
    return block * Coefficients.OF_BLOCK + y % size * size + x % size;
  }
}
