package org.inceptionspark.nn.run;

import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.run.Buffer.Extent;

/** What one stream owns: the activations of its buffers, the captured end points, the scratch. */
final class Memory {
  /** Most rows of a gathered block, 150 kB at full depth: seven tiles of 14. */
  static final int ROWS = 98;

  /** Rows and columns of the largest tile of sums, 64 columns in the scalar kernels. */
  private static final int TILE = 14 * 64;

  /**
   * Floats before the first image. Garbage collectors align large arrays to a cache line and put a
   * header of 16 bytes first; this aligns pixels too, so that no vector crosses a line.
   */
  private static final int LEAD = 12;

  /** The most parts that a {@link ProductScheme} cuts rows into. */
  private static final int MOST_CUTS = 2;

  final float[] block = new float[ROWS * Kernels.PITCH];
  final float[] tile = new float[TILE];
  final float[] transformed;
  final float[] products;
  final float[] halfway;
  final float[] edge;

  /** Where a block's rows begin in the source, for each part of the rows. */
  final int[][] sourceAt = new int[MOST_CUTS][ROWS];

  /** Where they begin in the targets, for each part of the rows. */
  final int[][][] targetAt;

  private final float[][] arrays;
  private final float[][] captured;
  private final int[] groups;

  Memory(Plan plan, int batch) {
    arrays = new float[plan.arrays().size()][];
    groups = new int[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      Plan.Array array = plan.arrays().get(i);
      groups[i] = array.images(batch);
      int images = Math.multiplyExact(array.imageSize(), groups[i]);
      arrays[i] = new float[Math.addExact(LEAD + array.pixelSize(), images)];
    }
    captured = new float[plan.captures().size()][];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = new float[plan.captures().get(i).shape().elements() * batch];
    }
    Scratch scratch = plan.scratch();
    transformed = new float[scratch.transformed()];
    products = new float[scratch.products()];
    halfway = new float[scratch.halfway()];
    edge = new float[scratch.edge()];
    targetAt = new int[MOST_CUTS][plan.mostTargets()][ROWS];
  }

  float[] array(Buffer buffer) {
    return arrays[buffer.array()];
  }

  /** A pixel after the last image, for results that nothing reads. */
  int nowhere(Buffer buffer) {
    return LEAD + groups[buffer.array()] * buffer.imageSize();
  }

  /** The start of an image of the batch in its buffer's array. */
  int start(Buffer buffer, int image) {
    int slot = buffer.extent() == Extent.BATCH ? image : image % groups[buffer.array()];
    return LEAD + slot * buffer.imageSize();
  }

  float[] captured(int index) {
    return captured[index];
  }

  /** Bytes held, for the log. */
  long bytes() {
    float[][] scratch = {block, tile, transformed, products, halfway, edge};
    long floats = 0;
    for (float[][] some : new float[][][] {arrays, captured, scratch}) {
      for (float[] array : some) {
        floats += array.length;
      }
    }
    return floats * Float.BYTES;
  }
}
