package org.inceptionspark.nn.run;

import java.util.Arrays;
import org.inceptionspark.kernels.Kernels;

/**
 * A matrix B as the kernels read it: cut into blocks of depth, each block into panels of columns,
 * each panel row after row and padded with zero columns. Packed once, when the network is built.
 * Each panel has an array of its own: to G1, arrays of 512 KB and more are humongous, and fragment
 * a small heap.
 */
final class PackedMatrix {
  /** By block, then panel. */
  private final float[][][] panels;

  private final int[] widths;
  private final int columns;

  private PackedMatrix(float[][][] panels, int[] widths, int columns) {
    this.panels = panels;
    this.widths = widths;
    this.columns = columns;
  }

  /**
   * @param matrix rows of {@code columns} values, row-major
   * @param depths the rows of each block; their sum is the rows of the matrix
   */
  static PackedMatrix of(float[] matrix, int columns, int[] depths, Kernels kernels) {
    int[] widths = kernels.panelWidths(columns);
    float[][][] panels = new float[depths.length][widths.length][];
    PackedMatrix packed = new PackedMatrix(panels, widths, columns);
    int row = 0;
    for (int block = 0; block < depths.length; block++) {
      for (int panel = 0; panel < widths.length; panel++) {
        panels[block][panel] = packed.pack(matrix, row, depths[block], panel);
      }
      row += depths[block];
    }
    return packed;
  }

  private float[] pack(float[] matrix, int row, int depth, int panel) {
    int width = widths[panel];
    int column = column(panel);
    int valid = Math.min(width, columns - column);
    float[] values = new float[depth * width];
    for (int k = 0; k < depth; k++) {
      System.arraycopy(matrix, (row + k) * columns + column, values, k * width, valid);
    }
    return values;
  }

  /** The values of one panel in one block of depth. */
  float[] values(int block, int panel) {
    return panels[block][panel];
  }

  long bytes() {
    return Arrays.stream(panels)
        .flatMap(Arrays::stream)
        .mapToLong(values -> (long) values.length * Float.BYTES)
        .sum();
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
}
