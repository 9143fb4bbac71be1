package org.inceptionspark.nn.run;

import org.inceptionspark.kernels.Kernels;

/**
 * A matrix B as the kernels read it: cut into blocks of depth, each block into panels of columns,
 * each panel row after row and padded with zero columns. Packed once, when the network is built.
 */
final class PackedMatrix {
  private final float[] values;
  private final int[] widths;
  private final int[] depths;
  private final int[] blockStarts;
  private final int columns;

  private PackedMatrix(float[] values, int[] widths, int[] depths, int columns) {
    this.values = values;
    this.widths = widths;
    this.depths = depths;
    this.columns = columns;
    this.blockStarts = starts(depths, total(widths));
  }

  /**
   * @param matrix rows of {@code columns} values, row-major
   * @param depths the rows of each block; their sum is the rows of the matrix
   */
  static PackedMatrix of(float[] matrix, int columns, int[] depths, Kernels kernels) {
    int[] widths = kernels.panelWidths(columns);
    int padded = total(widths);
    float[] values = new float[Math.multiplyExact(total(depths), padded)];
    PackedMatrix packed = new PackedMatrix(values, widths, depths, columns);
    int row = 0;
    for (int block = 0; block < depths.length; block++) {
      for (int panel = 0; panel < widths.length; panel++) {
        packed.fill(matrix, row, block, panel);
      }
      row += depths[block];
    }
    return packed;
  }

  private void fill(float[] matrix, int row, int block, int panel) {
    int column = column(panel);
    int valid = Math.min(widths[panel], columns - column);
    int at = start(block, panel);
    for (int k = 0; k < depths[block]; k++) {
      System.arraycopy(matrix, (row + k) * columns + column, values, at + k * widths[panel], valid);
    }
  }

  float[] values() {
    return values;
  }

  long bytes() {
    return (long) values.length * Float.BYTES;
  }

  int panels() {
    return widths.length;
  }

  int width(int panel) {
    return widths[panel];
  }

  int columns() {
    return columns;
  }

  /** The first column of a panel. */
  int column(int panel) {
    int column = 0;
    for (int i = 0; i < panel; i++) {
      column += widths[i];
    }
    return column;
  }

  /** Where a panel of a block begins in {@link #values}. */
  int start(int block, int panel) {
    return blockStarts[block] + column(panel) * depths[block];
  }

  private static int[] starts(int[] depths, int width) {
    int[] starts = new int[depths.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + depths[i - 1] * width;
    }
    return starts;
  }

  private static int total(int[] parts) {
    int sum = 0;
    for (int part : parts) {
      sum += part;
    }
    return sum;
  }
}
