package org.inceptionspark.benchmark;

import java.util.List;
import org.inceptionspark.benchmark.LayerCall.Prepared;
import org.inceptionspark.kernels.Kernels;

/** Matrix products: a block of rows by all columns, panel by panel, tile by tile. */
final class ProductCalls {
  private ProductCalls() {}

  static List<LayerCall> all() {
    return List.of(
        multiply("Conv2d_1a 3x3", 27, 32),
        multiply("Conv2d_2b 3x3, F(6x6,3x3)", 32, 64),
        multiply("Mixed_5b 5x5, F(4x4,5x5)", 48, 64),
        multiply("Mixed_5b 3x3, F(6x6,3x3)", 64, 96),
        multiply("Mixed_5b 1x1", 192, 64),
        multiply("Mixed_6b 1x1, a third of it", 256, 192),
        multiply("Mixed_5d 1x1, half of it", 288, 32),
        multiply("Mixed_6a 3x3, a ninth of it", 288, 384));
  }

  private static LayerCall multiply(String layer, int depth, int columns) {
    int rows = LayerCalls.ROWS;
    return new LayerCall(
        "multiply %d x %d x %d".formatted(rows, depth, columns),
        layer,
        2L * rows * depth * columns,
        LayerCall.FLOPS,
        kernels -> new Product(kernels, rows, depth, columns));
  }

  /** A matrix packed as the kernels want it, and the rows of a gathered block. */
  private static final class Product implements Prepared {
    private final Kernels kernels;
    private final int rows;
    private final int depth;
    private final int columns;
    private final int[] widths;
    private final float[] a;
    private final float[][] panels;
    private final float[][] sums;

    Product(Kernels kernels, int rows, int depth, int columns) {
      this.kernels = kernels;
      this.rows = rows;
      this.depth = depth;
      this.columns = columns;
      widths = kernels.panelWidths(columns);
      a = LayerCall.values(rows * Kernels.PITCH);
      panels = new float[widths.length][];
      sums = new float[widths.length][];
      float[] matrix = LayerCall.values(depth * columns);
      for (int panel = 0, column = 0; panel < widths.length; column += widths[panel++]) {
        panels[panel] = panel(matrix, column, widths[panel]);
        sums[panel] = new float[rows * widths[panel]];
      }
    }

    private float[] panel(float[] matrix, int column, int width) {
      float[] panel = new float[depth * width];
      for (int k = 0; k < depth; k++) {
        int valid = Math.min(width, columns - column);
        System.arraycopy(matrix, k * columns + column, panel, k * width, valid);
      }
      return panel;
    }

    @Override
    public void run() {
      for (int panel = 0; panel < widths.length; panel++) {
        int width = widths[panel];
        kernels.multiply(width, rows, depth, a, 0, panels[panel], sums[panel], 0, width);
      }
    }

    @Override
    public float[] answer() {
      float[] answer = new float[rows * columns];
      for (int panel = 0, column = 0; panel < widths.length; column += widths[panel++]) {
        int valid = Math.min(widths[panel], columns - column);
        for (int row = 0; row < rows; row++) {
          int to = row * columns + column;
          System.arraycopy(sums[panel], row * widths[panel], answer, to, valid);
        }
      }
      return answer;
    }
  }
}
