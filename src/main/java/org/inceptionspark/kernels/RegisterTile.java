package org.inceptionspark.kernels;

import java.util.Arrays;

/**
 * The tile of a matrix product whose sums stay in registers, chosen for this JVM. Not one of
 * Winograd's tiles, which {@code nn.run.WinogradLayout} sizes. All shapes give the same bits but
 * compile to different code; each row has the shapes that were fast in every run, not only in lucky
 * ones.
 *
 * <pre>
 * registers  JDK        tile   panels
 * 32         any        14x2   2 vectors, last 1; 4x2 for the last rows, if these are 8 at most
 * 16         21 and on   6x2   2 vectors, last 1
 * 16         17 to 20    4x2   2 vectors, last 1; 3x3 where columns are a multiple of 3 vectors
 * </pre>
 *
 * <p>For 32 registers this was timed with AVX-512, at 16, 8 and 4 lanes. That it holds for NEON and
 * SVE is arithmetic only: 28 sums hide the latency of two units where 8 barely do.
 */
enum RegisterTile {
  ROWS_14(14),
  ROWS_6(6),
  ROWS_4_OR_3(12);

  /** Up to here, two small tiles take less time than one that is mostly empty. */
  private static final int FEW_ROWS = 8;

  private final int rowMultiple;

  RegisterTile(int rowMultiple) {
    this.rowMultiple = rowMultiple;
  }

  /**
   * @param registers of vectors, as {@link VectorApi#registers} counts them
   */
  static RegisterTile of(int registers, int jdk) {
    if (registers >= 32) {
      return ROWS_14;
    }
    return jdk >= 21 ? ROWS_6 : ROWS_4_OR_3;
  }

  int rowMultiple() {
    return rowMultiple;
  }

  /** How many of some rows to compute in tiles of this size; the few others in smaller ones. */
  int wholeTiles(int rows) {
    int rest = rows % rowMultiple;
    return rest > FEW_ROWS ? rows : rows - rest;
  }

  int[] panelWidths(int columns, int lanes) {
    if (this == ROWS_4_OR_3 && columns % (3 * lanes) == 0) {
      return equalWidths(columns / (3 * lanes), 3 * lanes);
    }
    int wide = 2 * lanes;
    int[] widths = equalWidths((columns + wide - 1) / wide, wide);
    int rest = columns - (widths.length - 1) * wide;
    if (rest <= lanes) {
      widths[widths.length - 1] = lanes;
    }
    return widths;
  }

  private static int[] equalWidths(int count, int width) {
    int[] widths = new int[count];
    Arrays.fill(widths, width);
    return widths;
  }
}
