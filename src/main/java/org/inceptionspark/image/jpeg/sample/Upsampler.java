package org.inceptionspark.image.jpeg.sample;

/**
 * Gives every component's samples for a row of pixels: components of half the width, half the
 * height or both are interpolated like libjpeg-turbo's "fancy upsampling", others are repeated.
 *
 * <p>Row -1 is the last row of the MCUs above: where rows are interpolated vertically, it needs the
 * first row of the MCUs below, so it is written with them.
 */
final class Upsampler {
  private final LaneMath math;
  private final StripLayout layout;
  private final int[] samples;

  /** For every component, the last sample row of the MCUs above each lane's. */
  private final int[] above;

  private final int[] firstAbove;
  private final int[] columnSums;
  private final int[] smooth;

  /** For the current row: the array of each component's samples. */
  final int[][] arrays;

  /** For each component and pixel of an MCU: where its first lane is in that array. */
  final int[][] offsets;

  // For the current row: the component's own samples, or sums of two rows of them.
  private final int[][] sourceArrays;
  private final int[][] sources;

  Upsampler(LaneMath math, StripLayout layout, int[] samples) {
    this.math = math;
    this.layout = layout;
    this.samples = samples;
    int planes = layout.planes.size();
    firstAbove = new int[planes];
    int columns = 0;
    boolean isSmooth = false;
    for (int i = 0; i < planes; i++) {
      StripPlane plane = layout.planes.get(i);
      firstAbove[i] = columns;
      columns += plane.columns();
      isSmooth |= plane.smoothX() || plane.smoothY();
    }
    above = new int[isSmooth ? layout.length(columns) : 0];
    columnSums = new int[isSmooth ? layout.length(columns) : 0];
    smooth = new int[isSmooth ? layout.length(planes * layout.mcuWidth) : 0];
    arrays = new int[planes][];
    offsets = new int[planes][layout.mcuWidth];
    sourceArrays = new int[planes][];
    sources = new int[planes][layout.mcuWidth];
  }

  /** Whether any component is interpolated vertically, so that rows need those above and below. */
  boolean needsNeighbours() {
    return layout.planes.stream().anyMatch(StripPlane::smoothY);
  }

  /**
   * Prepares a strip that has its samples: repeats those at the picture's edges beyond them.
   *
   * @param firstRow of MCUs
   * @param rows of MCUs
   */
  void begin(int firstRow, int rows) {
    for (int i = 0; i < layout.planes.size(); i++) {
      StripPlane plane = layout.planes.get(i);
      if (plane.smoothY()) {
        extendDown(plane, firstRow, rows);
      }
      if (plane.smoothX()) {
        extendAcross(plane, rows);
      }
    }
    if (needsNeighbours()) {
      linkAbove(firstRow, rows);
    }
  }

  private void extendDown(StripPlane plane, int firstRow, int rows) {
    int mcuRow = (plane.height() - 1) / plane.rows() - firstRow;
    int last = (plane.height() - 1) % plane.rows();
    if (mcuRow >= 0 && mcuRow < rows && last + 1 < plane.rows()) {
      for (int x = 0; x < plane.columns(); x++) {
        int from = layout.row(plane.row(last, x)) + mcuRow * layout.pitch;
        int to = layout.row(plane.row(last + 1, x)) + mcuRow * layout.pitch;
        System.arraycopy(samples, from, samples, to, layout.pitch);
      }
    }
  }

  private void extendAcross(StripPlane plane, int rows) {
    int mcu = (plane.width() - 1) / plane.columns();
    int last = (plane.width() - 1) % plane.columns();
    int next = last + 1 == plane.columns() ? 0 : last + 1;
    for (int y = 0; y < plane.rows(); y++) {
      int leftmost = layout.row(plane.row(y, 0));
      int beforeLeftmost = layout.row(plane.row(y, plane.columns() - 1));
      int rightmost = layout.row(plane.row(y, last));
      int behindRightmost = layout.row(plane.row(y, next)) + (next == 0 ? 1 : 0);
      for (int row = 0; row < rows; row++) {
        int left = layout.lane(row, 0);
        int right = layout.lane(row, mcu);
        samples[beforeLeftmost + left - 1] = samples[leftmost + left];
        samples[behindRightmost + right] = samples[rightmost + right];
      }
    }
  }

  private void linkAbove(int firstRow, int rows) {
    for (int i = 0; i < layout.planes.size(); i++) {
      StripPlane plane = layout.planes.get(i);
      for (int x = 0; x < plane.columns(); x++) {
        int to = layout.row(firstAbove[i] + x);
        int first = layout.row(plane.row(0, x));
        int last = layout.row(plane.row(plane.rows() - 1, x));
        if (firstRow == 0) {
          System.arraycopy(samples, first, above, to, layout.pitch);
        }
        System.arraycopy(samples, last, above, to + layout.pitch, (rows - 1) * layout.pitch);
      }
    }
  }

  /** Keeps what the next strip needs of this one. */
  void end(int rows) {
    if (!needsNeighbours()) {
      return;
    }
    for (int i = 0; i < layout.planes.size(); i++) {
      StripPlane plane = layout.planes.get(i);
      for (int x = 0; x < plane.columns(); x++) {
        int last = layout.row(plane.row(plane.rows() - 1, x));
        int to = layout.row(firstAbove[i] + x);
        System.arraycopy(samples, last + (rows - 1) * layout.pitch, above, to, layout.pitch);
      }
    }
  }

  /** After the last strip: makes row -1 readable, with itself below. */
  void finish() {
    for (int i = 0; i < layout.planes.size(); i++) {
      StripPlane plane = layout.planes.get(i);
      for (int x = 0; x < plane.columns(); x++) {
        int from = layout.row(firstAbove[i] + x);
        System.arraycopy(above, from, samples, layout.row(plane.row(0, x)), layout.pitch);
      }
    }
  }

  /** Prepares the samples of a pixel row of every MCU, -1 or more: the vertical part. */
  void row(int y) {
    for (int i = 0; i < layout.planes.size(); i++) {
      StripPlane plane = layout.planes.get(i);
      int row = Math.floorDiv(y, plane.expandY());
      sourceArrays[i] = row < 0 ? above : samples;
      arrays[i] = sourceArrays[i];
      for (int x = 0; x < plane.columns(); x++) {
        sources[i][x] = at(i, row, x);
      }
      if (plane.smoothY()) {
        boolean isUpper = Math.floorMod(y, 2) == 0;
        down(i, isUpper ? row - 1 : row + 1, isUpper ? 1 : 2);
      }
      for (int x = 0; !plane.smoothX() && x < layout.mcuWidth; x++) {
        offsets[i][x] = sources[i][x / plane.expandX()];
      }
    }
  }

  private void down(int i, int farRow, int bias) {
    StripPlane plane = layout.planes.get(i);
    int[] far = farRow < 0 ? above : samples;
    int shift = plane.smoothX() ? 0 : 2; // sums of two rows wait for those of the next column
    for (int x = 0; x < plane.columns(); x++) {
      int to = layout.row(firstAbove[i] + x);
      int farAt = at(i, farRow, x);
      math.blend(
          sourceArrays[i],
          sources[i][x],
          far,
          farAt,
          plane.smoothX() ? 0 : bias,
          shift,
          columnSums,
          to,
          layout.lanes);
      sources[i][x] = to;
    }
    sourceArrays[i] = columnSums;
    arrays[i] = columnSums;
  }

  /** Prepares the horizontal part of that row for some lanes. */
  void across(int from, int lanes) {
    for (int i = 0; i < layout.planes.size(); i++) {
      if (layout.planes.get(i).smoothX()) {
        across(i, from, lanes);
      }
    }
  }

  private void across(int i, int from, int lanes) {
    StripPlane plane = layout.planes.get(i);
    int leftBias = plane.smoothY() ? 8 : 1;
    int rightBias = plane.smoothY() ? 7 : 2;
    int shift = plane.smoothY() ? 4 : 2;
    int[] source = sourceArrays[i];
    int columns = plane.columns();
    for (int x = 0; x < columns; x++) {
      int near = sources[i][x] + from;
      int left = (x > 0 ? sources[i][x - 1] : sources[i][columns - 1] - 1) + from;
      int right = (x + 1 < columns ? sources[i][x + 1] : sources[i][0] + 1) + from;
      int to = layout.row(i * layout.mcuWidth + 2 * x);
      math.blend(source, near, source, left, leftBias, shift, smooth, to + from, lanes);
      int next = to + layout.step;
      math.blend(source, near, source, right, rightBias, shift, smooth, next + from, lanes);
      offsets[i][2 * x] = to;
      offsets[i][2 * x + 1] = next;
    }
    arrays[i] = smooth;
  }

  private int at(int i, int row, int x) {
    StripPlane plane = layout.planes.get(i);
    return layout.row(row < 0 ? firstAbove[i] + x : plane.row(row, x));
  }
}
