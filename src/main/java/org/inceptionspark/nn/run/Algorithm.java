package org.inceptionspark.nn.run;

import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;

/**
 * How a convolution is computed: directly, or by minimal filters on its two axes.
 *
 * <pre>
 * window    stride  map              rows      columns   products of direct
 * 3x3       1       from 12 pixels   F(6,3)    F(6,3)    64 / 324
 * 3x3       1       smaller          F(4,3)    F(4,3)    36 / 144
 * 5x5       1       any              F(4,5)    F(4,5)    64 / 400
 * 1x7, 7x1  1       any              F(6,7) along the taps   12 / 42
 * 1x3, 3x1  1       any              F(8,3) along the taps   10 / 24
 * others                             direct
 * </pre>
 *
 * Maps smaller than one tile are computed directly.
 */
record Algorithm(MinimalFilter rows, MinimalFilter columns) {
  static final Algorithm DIRECT = new Algorithm(MinimalFilter.NONE, MinimalFilter.NONE);

  static Algorithm of(Node convolution) {
    Window window = ((Convolution) convolution.layer()).window();
    MapShape output = convolution.output();
    if (window.stride() != 1) {
      return DIRECT;
    }
    KernelSize kernel = window.kernel();
    Algorithm minimal =
        new Algorithm(
            filter(kernel.height(), kernel.width(), output.height()),
            filter(kernel.width(), kernel.height(), output.width()));
    boolean fits =
        minimal.rows().outputs() <= output.height()
            && minimal.columns().outputs() <= output.width();
    return fits ? minimal : DIRECT;
  }

  boolean isDirect() {
    return equals(DIRECT);
  }

  private static MinimalFilter filter(int taps, int otherTaps, int length) {
    boolean square = taps == otherTaps;
    return switch (taps) {
      case 3 -> new MinimalFilter(square ? length < 12 ? 4 : 6 : 8, 3);
      case 5 -> square ? new MinimalFilter(4, 5) : MinimalFilter.NONE;
      case 7 -> square ? MinimalFilter.NONE : new MinimalFilter(6, 7);
      default -> MinimalFilter.NONE;
    };
  }

  /** The name for people: {@code F(6x6,3x3)}. */
  @Override
  public String toString() {
    return isDirect()
        ? "direct"
        : "F(%dx%d,%dx%d)"
            .formatted(rows.outputs(), columns.outputs(), rows.taps(), columns.taps());
  }
}
