package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.image.core.JpegColours;

/** From a strip's coefficients to pixels: transform, upsampling, colours. */
public final class StripOutput {
  /** Lanes at a time, so that intermediate values stay in the first-level cache. */
  private static final int CHUNK = 64;

  private final LaneMath math;
  private final StripLayout layout;
  private final JpegColours colours;
  private final PixelSink sink;
  private final Strip strip;
  private final StripTransform transform;
  private final Upsampler upsampler;
  private final int[] pixels;

  /** The first pixel row that is written with an MCU, and the last. */
  private final int firstY;

  private final int lastY;

  public StripOutput(
      LaneMath math, StripLayout layout, Strip strip, JpegColours colours, PixelSink sink) {
    this.math = math;
    this.layout = layout;
    this.strip = strip;
    this.colours = colours;
    this.sink = sink;
    this.transform = new StripTransform(math, layout);
    this.upsampler = new Upsampler(math, layout, strip.numbers);
    this.pixels = new int[layout.length(layout.mcuWidth)];
    this.firstY = upsampler.needsNeighbours() ? -1 : 0;
    this.lastY = firstY + layout.mcuHeight - 1;
  }

  /** Whether any of these rows of MCUs, or an adjacent one, has pixels that are needed. */
  public boolean needs(int firstRow, int rows) {
    int from = Math.max(0, firstRow * layout.mcuHeight - 1);
    int to = Math.min(layout.height, (firstRow + rows) * layout.mcuHeight + 1);
    for (int row = from; row < to; row++) {
      if (sink.needs(row)) {
        return true;
      }
    }
    return false;
  }

  /** Outputs a strip. */
  public void put(int firstRow, int rows) {
    boolean[] needed = new boolean[layout.mcuHeight];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = needs(firstRow, rows, firstY + i);
    }
    for (StripPlane plane : layout.planes) {
      transform.apply(strip, plane, needed(plane, needed));
    }
    upsampler.begin(firstRow, rows);
    for (int y = firstY; y <= lastY; y++) {
      if (needed[y - firstY]) {
        put(firstRow, rows, y);
      }
    }
    upsampler.end(rows);
  }

  private boolean needs(int firstRow, int rows, int y) {
    for (int row = firstRow; row < firstRow + rows; row++) {
      if (isNeeded(row * layout.mcuHeight + y)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNeeded(int row) {
    return row >= 0 && row < layout.height && sink.needs(row);
  }

  private boolean[] needed(StripPlane plane, boolean[] neededPixels) {
    boolean[] rows = new boolean[plane.rows()];
    if (upsampler.needsNeighbours()) {
      rows[0] = true;
      rows[plane.rows() - 1] = true;
    }
    for (int i = 0; i < neededPixels.length; i++) {
      if (neededPixels[i]) {
        int row = Math.floorDiv(firstY + i, plane.expandY());
        int reach = plane.smoothY() ? 1 : 0;
        for (int r = Math.max(0, row - reach); r <= Math.min(rows.length - 1, row + reach); r++) {
          rows[r] = true;
        }
      }
    }
    return rows;
  }

  private void put(int firstRow, int rows, int y) {
    upsampler.row(y);
    for (int from = 0; from < layout.lanes; from += CHUNK) {
      int lanes = Math.min(CHUNK, layout.lanes - from);
      upsampler.across(from, lanes);
      for (int x = 0; x < layout.mcuWidth; x++) {
        colour(x, from, lanes);
      }
      sink.prepare(pixels, from, lanes);
    }
    for (int row = 0; row < rows; row++) {
      int pixelRow = (firstRow + row) * layout.mcuHeight + y;
      if (isNeeded(pixelRow)) {
        sink.row(pixelRow, pixels, layout.lane(row, 0));
      }
    }
  }

  /** After the last strip: the row that waited for another one below. */
  public void finish(int mcuRows) {
    if (firstY < 0 && isNeeded(mcuRows * layout.mcuHeight - 1)) {
      upsampler.finish();
      put(mcuRows, 1, -1);
    }
  }

  private void colour(int x, int from, int lanes) {
    int[][] arrays = upsampler.arrays;
    int[][] offsets = upsampler.offsets;
    int to = layout.row(x) + from;
    int first = offsets[0][x] + from;
    int second = offsets.length > 1 ? offsets[1][x] + from : first;
    int third = offsets.length > 1 ? offsets[2][x] + from : first;
    int[] firsts = arrays[0];
    int[] seconds = offsets.length > 1 ? arrays[1] : firsts;
    int[] thirds = offsets.length > 1 ? arrays[2] : firsts;
    switch (colours) {
      case GREY, RGB, CMYK ->
          math.join(firsts, first, seconds, second, thirds, third, pixels, to, lanes);
      case YCBCR, YCCK ->
          math.yccToRgb(firsts, first, seconds, second, thirds, third, pixels, to, lanes);
    }
    if (colours == JpegColours.YCCK) {
      math.invert(pixels, to, lanes);
    }
    if (colours.components() == 4 && sink.wantsInks()) {
      math.insertFourth(arrays[3], offsets[3][x] + from, pixels, to, lanes);
    } else if (colours.components() == 4) {
      math.multiply(pixels, to, arrays[3], offsets[3][x] + from, lanes);
    }
  }
}
