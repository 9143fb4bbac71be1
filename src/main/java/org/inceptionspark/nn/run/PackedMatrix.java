package org.inceptionspark.nn.run;

import java.util.Arrays;
import org.inceptionspark.kernels.Kernels;

/**
 * A matrix B as the kernels read it: cut into blocks of depth, each block into panels of columns,
 * each panel row after row and padded with zero columns. Packed once, when the network is built.
 * Each block has an array of its own: garbage collectors place small ones without gaps.
 */
final class PackedMatrix {
  private final float[][] blocks;
  private final int[] widths;
  private final int columns;

  private PackedMatrix(float[][] blocks, int[] widths, int columns) {
    this.blocks = blocks;
    this.widths = widths;
    this.columns = columns;
  }

  /**
   * @param matrix rows of {@code columns} values, row-major
   * @param depths the rows of each block; their sum is the rows of the matrix
   */
  static PackedMatrix of(float[] matrix, int columns, int[] depths, Kernels kernels) {
    int[] widths = kernels.panelWidths(columns);
    PackedMatrix packed = new PackedMatrix(new float[depths.length][], widths, columns);
    int padded = Arrays.stream(widths).sum();
    int row = 0;
    for (int block = 0; block < depths.length; block++) {
      packed.blocks[block] = new float[Math.multiplyExact(depths[block], padded)];
      for (int panel = 0; panel < widths.length; panel++) {
        packed.fill(matrix, row, block, depths[block], panel);
      }
      row += depths[block];
    }
    return packed;
  }

  private void fill(float[] matrix, int row, int block, int depth, int panel) {
    int column = column(panel);
    int valid = Math.min(widths[panel], columns - column);
    int at = start(panel, depth);
    for (int k = 0; k < depth; k++) {
      int from = (row + k) * columns + column;
      System.arraycopy(matrix, from, blocks[block], at + k * widths[panel], valid);
    }
  }

  /** The values of a block. */
  float[] block(int block) {
    return blocks[block];
  }

  long bytes() {
    return Arrays.stream(blocks).mapToLong(block -> (long) block.length * Float.BYTES).sum();
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

  /** Where a panel begins in a {@link #block} of so many rows. */
  int start(int panel, int depth) {
    return column(panel) * depth;
  }
}
