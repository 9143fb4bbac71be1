package org.inceptionspark.nn.run;

import java.util.Arrays;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.FoldedConvolution;

/**
 * A convolution's kernel transformed: for each point a matrix of input by output channels. Computed
 * in double and rounded once. Outputs are cut into slices, so that the products of a block of tiles
 * stay in the cache.
 */
final class WinogradWeights {
  private static final int SLICE_COLUMNS = 96;

  private final PackedMatrix[] matrices;
  private final float[] bias;
  private final int[] depths;
  private final int[] firstPanels;

  private WinogradWeights(PackedMatrix[] matrices, float[] bias, int[] depths, int[] firstPanels) {
    this.matrices = matrices;
    this.bias = bias;
    this.depths = depths;
    this.firstPanels = firstPanels;
  }

  static WinogradWeights of(FoldedConvolution folded, Algorithm algorithm, Kernels kernels) {
    int inputs = folded.shape().dimension(2);
    int outputs = folded.outputs();
    double[][] rows = algorithm.rows().tapTransform();
    double[][] columns = algorithm.columns().tapTransform();
    int[] depths = depths(inputs);
    PackedMatrix[] matrices = new PackedMatrix[rows.length * columns.length];
    double[] sums = new double[inputs * outputs];
    float[] matrix = new float[inputs * outputs];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        int first = firstEqual(rows, i) * columns.length + firstEqual(columns, j);
        int point = i * columns.length + j;
        if (first == point) {
          transform(folded.kernel(), rows[i], columns[j], sums, matrix);
          matrices[point] = PackedMatrix.of(matrix, outputs, depths, kernels);
        } else {
          matrices[point] = matrices[first];
        }
      }
    }
    return new WinogradWeights(matrices, folded.bias(), depths, slices(matrices[0]));
  }

  /** With stride 2, points share their matrices: the middle tap is the same for every output. */
  private static int firstEqual(double[][] rows, int row) {
    int first = 0;
    while (!Arrays.equals(rows[first], rows[row])) {
      first++;
    }
    return first;
  }

  /**
   * Into arrays that are reused for all points: among the packed ones they would fragment the heap.
   */
  private static void transform(
      float[] kernel, double[] row, double[] column, double[] sums, float[] rounded) {
    Arrays.fill(sums, 0);
    for (int y = 0; y < row.length; y++) {
      for (int x = 0; x < column.length; x++) {
        double factor = row[y] * column[x];
        int tap = (y * column.length + x) * sums.length;
        for (int i = 0; factor != 0 && i < sums.length; i++) {
          sums[i] += factor * kernel[tap + i];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (float) sums[i];
    }
  }

  private static int[] depths(int inputs) {
    int[] depths = new int[(inputs + Kernels.MAX_DEPTH - 1) / Kernels.MAX_DEPTH];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = inputs * (i + 1) / depths.length - inputs * i / depths.length;
    }
    return depths;
  }

  private static int[] slices(PackedMatrix matrix) {
    int perSlice = Math.max(1, SLICE_COLUMNS / matrix.width(0));
    int[] first = new int[(matrix.panels() + perSlice - 1) / perSlice + 1];
    for (int i = 0; i < first.length; i++) {
      first[i] = Math.min(i * perSlice, matrix.panels());
    }
    return first;
  }

  int points() {
    return matrices.length;
  }

  long bytes() {
    return Arrays.stream(matrices).distinct().mapToLong(PackedMatrix::bytes).sum();
  }

  PackedMatrix matrix(int point) {
    return matrices[point];
  }

  float[] bias() {
    return bias;
  }

  int inputs() {
    return depthStart(depths.length);
  }

  int depthBlocks() {
    return depths.length;
  }

  int depth(int block) {
    return depths[block];
  }

  /** The first input channel of a block of depth. */
  int depthStart(int block) {
    int start = 0;
    for (int i = 0; i < block; i++) {
      start += depths[i];
    }
    return start;
  }

  int slices() {
    return firstPanels.length - 1;
  }

  int firstPanel(int slice) {
    return firstPanels[slice];
  }

  /** The first output channel of a slice. */
  int column(int slice) {
    return matrices[0].column(firstPanels[slice]);
  }

  /** Output channels of a slice. */
  int columns(int slice) {
    return Math.min(bias.length, column(slice + 1)) - column(slice);
  }

  /** Columns of the widest slice, padding included. */
  int widestSlice() {
    int widest = 0;
    for (int slice = 0; slice < slices(); slice++) {
      widest = Math.max(widest, column(slice + 1) - column(slice));
    }
    return widest;
  }
}
