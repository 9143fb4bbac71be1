package org.inceptionspark.image.jpeg.sample;

/** Takes the pixels of a picture row by row, in no particular order. */
public interface PixelSink {
  /** Whether this row is needed; others are not computed. */
  boolean needs(int row);

  /**
   * What comes next: for some lanes and every column of an MCU a pixel as {@code R | G << 8 | B <<
   * 16}. May be changed.
   */
  void prepare(int[] pixels, int from, int lanes);

  /**
   * One row of the picture.
   *
   * @param pixels as {@link #prepare} left them
   * @param lane of the leftmost MCU
   */
  void row(int row, int[] pixels, int lane);

  /** Whether four components stay as they are, with black in the upper eight bits of a pixel. */
  default boolean wantsInks() {
    return false;
  }
}
