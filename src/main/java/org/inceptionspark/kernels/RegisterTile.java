package org.inceptionspark.kernels;

import java.util.Arrays;

/**
 * The tile of a matrix product whose sums stay in registers, chosen for this JVM. Not one of
 * Winograd's tiles, which {@code nn.run.WinogradLayout} sizes. All shapes give the same bits but
 * compile to different code; each row has the shapes that were fast in every run, not only in lucky
 * ones.
 *
 * <pre>
 * lanes      JDK        tile   panels
 * 16         any        14x2   32, last 16 columns
 * 4 or 8     21 and on   6x2   2 vectors, last 1
 * 4 or 8     17 to 20    4x2   2 vectors, last 1; 3x3 where columns are a multiple of 3 vectors
 * </pre>
 */
enum RegisterTile {
  ROWS_14(14),
  ROWS_6(6),
  ROWS_4_OR_3(12);

  private final int rowMultiple;

  RegisterTile(int rowMultiple) {
    this.rowMultiple = rowMultiple;
  }

  static RegisterTile of(int lanes, int jdk) {
    if (lanes == 16) {
      return ROWS_14;
    }
    return jdk >= 21 ? ROWS_6 : ROWS_4_OR_3;
  }

  int rowMultiple() {
    return rowMultiple;
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
