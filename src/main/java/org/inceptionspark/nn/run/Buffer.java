package org.inceptionspark.nn.run;

import org.inceptionspark.nn.MapShape;

/**
 * Memory for activations of one shape: NHWC with a border of zeros around each image. Only the
 * inside is ever written, so convolutions need no copies for their padding.
 */
final class Buffer {
  /** How many images a buffer holds at a time. */
  enum Extent {
    /** Those of the group that passes through a phase. */
    GROUP,
    /** All, since a later phase reads them. */
    BATCH
  }

  private final MapShape map;
  private Border border = Border.NONE;
  private Extent extent = Extent.GROUP;
  private int array = -1;

  Buffer(MapShape map) {
    this.map = map;
  }

  /** Zero rows and columns around an image. */
  record Border(int top, int left, int bottom, int right) {
    static final Border NONE = new Border(0, 0, 0, 0);

    Border union(Border other) {
      return new Border(
          Math.max(top, other.top),
          Math.max(left, other.left),
          Math.max(bottom, other.bottom),
          Math.max(right, other.right));
    }
  }

  /** What two buffers must have in common to share an array, so that their borders coincide. */
  record Geometry(MapShape map, Border border, Extent extent, int group) {}

  MapShape map() {
    return map;
  }

  Border border() {
    return border;
  }

  void needBorder(Border needed) {
    border = border.union(needed);
  }

  Extent extent() {
    return extent;
  }

  void holdBatch() {
    extent = Extent.BATCH;
  }

  /** The number of the array that a stream holds for this buffer. */
  int array() {
    return array;
  }

  void useArray(int number) {
    array = number;
  }

  int rowPitch() {
    return (border.left + map.width() + border.right) * map.channels();
  }

  int columnPitch() {
    return map.channels();
  }

  int imageSize() {
    return (border.top + map.height() + border.bottom) * rowPitch();
  }

  /** From an image's start to a pixel; rows and columns down to minus the border. */
  int offset(int row, int column) {
    return (border.top + row) * rowPitch() + (border.left + column) * map.channels();
  }
}
