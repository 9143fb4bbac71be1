package org.inceptionspark.nn.run;

import java.util.Locale;
import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;

/**
 * How a convolution is computed: as one matrix product, as several smaller ones by Strassen's
 * scheme, or by minimal filters on its two axes.
 *
 * <pre>
 * window    stride  map              rows      columns   products of direct
 * 3x3       1       from 12 pixels   F(6,3)    F(6,3)    64 / 324
 * 3x3       1       smaller          F(4,3)    F(4,3)    36 / 144
 * 5x5       1       any              F(4,5)    F(4,5)    64 / 400
 * 1x7, 7x1  1       any              F(6,7) along the taps   12 / 42
 * 1x3, 3x1  1       any              F(8,3) along the taps   10 / 24
 * 3x3       2       from 12 pixels   F(3,3)    F(3,3)    49 / 81
 * 1x1       any     from 32 pixels   Strassen, from 512 channels   7 / 8
 * others                             direct
 * </pre>
 *
 * Maps smaller than one tile are computed directly.
 */
record Algorithm(MinimalFilter rows, MinimalFilter columns, ProductScheme scheme) {
  /** On smaller maps too much of the last tiles is beyond the map. */
  private static final int LEAST_STRIDED_MAP = 12;

  /** The image's three channels have too few products to pay for transforms. */
  private static final int LEAST_STRIDED_CHANNELS = 16;

  /** With fewer channels, the sums of halves cost more than the products they save. */
  private static final int LEAST_STRASSEN_CHANNELS = 512;

  /** An image's rows are cut into halves: with few pixels, tiles would be half empty. */
  private static final int LEAST_STRASSEN_PIXELS = 32;

  static final Algorithm DIRECT = direct(ProductScheme.WHOLE);

  private static final Algorithm STRASSEN = direct(ProductScheme.STRASSEN);

  private static Algorithm direct(ProductScheme scheme) {
    return new Algorithm(MinimalFilter.NONE, MinimalFilter.NONE, scheme);
  }

  private static Algorithm minimal(MinimalFilter rows, MinimalFilter columns) {
    return new Algorithm(rows, columns, ProductScheme.WHOLE);
  }

  static Algorithm of(Node convolution) {
    Window window = ((Convolution) convolution.layer()).window();
    MapShape output = convolution.output();
    KernelSize kernel = window.kernel();
    if (kernel.equals(new KernelSize(1, 1))) {
      return pointwise(convolution.input().output().channels(), output);
    }
    Algorithm minimal =
        window.stride() == 1
            ? minimal(
                filter(kernel.height(), kernel.width(), output.height()),
                filter(kernel.width(), kernel.height(), output.width()))
            : strided(window, convolution.input().output().channels(), output);
    boolean fits =
        minimal.rows().outputs() <= output.height()
            && minimal.columns().outputs() <= output.width();
    return fits ? minimal : DIRECT;
  }

  /** Whether it works on the pixels without a transform. */
  boolean isDirect() {
    return rows.points() == 1 && columns.points() == 1;
  }

  private static Algorithm pointwise(int channels, MapShape output) {
    boolean worthIt =
        channels >= LEAST_STRASSEN_CHANNELS && output.pixels() >= LEAST_STRASSEN_PIXELS;
    boolean even = channels % 2 == 0 && output.channels() % 2 == 0;
    return worthIt && even ? STRASSEN : DIRECT;
  }

  private static Algorithm strided(Window window, int channels, MapShape output) {
    boolean minimal =
        window.stride() == 2
            && window.kernel().equals(new KernelSize(3, 3))
            && channels >= LEAST_STRIDED_CHANNELS
            && Math.min(output.height(), output.width()) >= LEAST_STRIDED_MAP;
    MinimalFilter filter = new MinimalFilter(3, 3, 2);
    return minimal ? minimal(filter, filter) : DIRECT;
  }

  private static MinimalFilter filter(int taps, int otherTaps, int length) {
    boolean square = taps == otherTaps;
    return switch (taps) {
      case 3 -> new MinimalFilter(square ? length < 12 ? 4 : 6 : 8, 3, 1);
      case 5 -> square ? new MinimalFilter(4, 5, 1) : MinimalFilter.NONE;
      case 7 -> square ? MinimalFilter.NONE : new MinimalFilter(6, 7, 1);
      default -> MinimalFilter.NONE;
    };
  }

  /** The name for people: {@code F(6x6,3x3)}. */
  @Override
  public String toString() {
    return isDirect()
        ? scheme.name()
        : String.format(
            Locale.ROOT,
            "F(%dx%d,%dx%d)",
            rows.outputs(),
            columns.outputs(),
            rows.taps(),
            columns.taps());
  }
}
