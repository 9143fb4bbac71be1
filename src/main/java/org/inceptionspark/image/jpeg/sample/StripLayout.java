package org.inceptionspark.image.jpeg.sample;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.jpeg.scan.JpegComponent;
import org.inceptionspark.image.jpeg.scan.JpegFrame;

/**
 * Where the numbers of a strip are: one or more rows of MCUs that are decoded together. The same
 * sample of all MCUs makes one row of {@link #step} numbers, a lane for each MCU, so that the
 * arithmetic runs over MCUs in straight loops ({@link LaneMath}). On either side of each row of
 * MCUs is a spare lane for samples beyond the picture's edges.
 */
public final class StripLayout {
  /** Space before the first lane, for the neighbour on its left. */
  private static final int MARGIN = LaneMath.STEP;

  /** Enough lanes for vectors to pay. */
  private static final int LANES_WANTED = 96;

  public final JpegFrame frame;

  /**
   * Samples a side that a block of the largest component gives: 8, or less for a smaller picture.
   */
  public final int size;

  public final int width;
  public final int height;

  /** Sides of an MCU in pixels. */
  public final int mcuWidth;

  public final int mcuHeight;

  /** Lanes of one row of MCUs. */
  public final int pitch;

  /** Rows of MCUs in a strip. */
  public final int rows;

  /** Lanes in use, a multiple of {@link LaneMath#STEP}. */
  public final int lanes;

  /** From one row of numbers to the next. */
  public final int step;

  public final int blocks;
  public final List<StripPlane> planes;

  public StripLayout(JpegFrame frame, int size) throws ImageException {
    this.frame = frame;
    this.size = size;
    width = JpegFrame.ceilDiv((long) frame.width() * size, JpegFrame.BLOCK);
    height = JpegFrame.ceilDiv((long) frame.height() * size, JpegFrame.BLOCK);
    mcuWidth = frame.maxH() * size;
    mcuHeight = frame.maxV() * size;
    pitch = frame.mcusAcross() + 2;
    rows = Math.min(frame.mcusDown(), 1 + (LANES_WANTED - 1) / pitch);
    lanes = JpegFrame.ceilDiv((long) rows * pitch, LaneMath.STEP) * LaneMath.STEP;
    // An odd number of cache lines, or rows would fall on each other in the cache.
    step = lanes + LaneMath.STEP * (2 - lanes / LaneMath.STEP % 2);
    planes = new ArrayList<>();
    int first = 0;
    for (JpegComponent component : frame.components()) {
      planes.add(StripPlane.of(this, component, first));
      first += component.h() * component.v();
    }
    blocks = first;
  }

  /** The length of an array of this many rows of numbers. */
  public int length(int rowsOfNumbers) {
    return Math.addExact(Math.multiplyExact(rowsOfNumbers, step), 2 * MARGIN);
  }

  /** Where a row of numbers begins. */
  public int row(int index) {
    return MARGIN + index * step;
  }

  /** The lane of an MCU. */
  public int lane(int row, int column) {
    return row * pitch + 1 + column;
  }
}
