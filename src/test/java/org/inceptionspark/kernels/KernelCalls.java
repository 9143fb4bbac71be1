package org.inceptionspark.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Calls of every operation on awkward sizes and offsets. A call gives the whole target array, with
 * what was not to be written.
 */
final class KernelCalls {
  /** Around the vector widths and their multiples, and Slim's own. */
  private static final int[] CHANNELS = {1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 48, 63, 80};

  private static final int[] ROWS = {1, 2, 5, 12, 14, 15, 29};
  private static final int[] DEPTHS = {1, 3, 27, 64, Kernels.MAX_DEPTH};
  private static final int[][] WINDOWS = {
    {1, 1}, {2, 2}, {2, 3}, {3, 2}, {3, 3}, {5, 5}, {8, 8}, {1, 7}
  };

  /** Points and outputs of the minimal filters. */
  private static final int[][] FILTERS = {
    {6, 4}, {8, 6}, {8, 4}, {10, 8}, {10, 4}, {12, 6}, {7, 3}
  };

  /** Rows of a block before those that are placed. */
  private static final int FIRST = 2;

  private static final float[] FLOORS = {0f, Float.NEGATIVE_INFINITY, 0.25f};

  private KernelCalls() {}

  /** One operation with its arguments, the same whatever kernels it is given to. */
  record Call(String name, Operation operation) {
    float[] on(Kernels kernels) {
      return operation.on(kernels);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** An operation with its arguments. */
  interface Operation {
    float[] on(Kernels kernels);
  }

  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (int columns : CHANNELS) {
      for (int rows : ROWS) {
        calls.add(multiply(rows, DEPTHS[(rows + columns) % DEPTHS.length], columns));
        for (float floor : FLOORS) {
          calls.add(store(rows, columns, floor));
          calls.add(add(rows, columns, 1, floor));
          calls.add(add(rows, columns, -1, floor));
        }
        calls.add(gatherSum(rows, columns, 1));
        calls.add(gatherSum(rows, columns, -1));
      }
      for (int[] window : WINDOWS) {
        calls.add(maximum(window[0], window[1], columns));
        for (float floor : FLOORS) {
          calls.add(average(window[0], window[1], columns, floor));
        }
      }
      for (int[] filter : FILTERS) {
        calls.add(transformInput(filter[0], 1 + columns % 3, columns));
        calls.add(transformOutput(filter[0], filter[1], columns));
        for (float floor : FLOORS) {
          calls.add(transformOutputBiased(filter[0], filter[1], 1 + columns % 3, columns, floor));
        }
      }
    }
    return calls;
  }

  /**
   * A matrix of any number of columns: panels differ between kernels, their columns may not. Rows
   * up to the kernels' multiple and a panel's padding are theirs to write; they are cut off.
   */
  private static Call multiply(int rows, int depth, int columns) {
    String name = "multiply %d x %d x %d".formatted(rows, depth, columns);
    Random random = new Random(name.hashCode());
    float[] a = Floats.awkward(random, 5 + (rows + 14) * Kernels.PITCH);
    float[] matrix = Floats.awkward(random, depth * columns);
    return new Call(name, kernels -> multiply(kernels, rows, depth, columns, a, matrix));
  }

  private static float[] multiply(
      Kernels kernels, int rows, int depth, int columns, float[] a, float[] matrix) {
    int multiple = kernels.rowMultiple();
    int rounded = (rows + multiple - 1) / multiple * multiple;
    float[] result = new float[rows * columns];
    int column = 0;
    for (int width : kernels.panelWidths(columns)) {
      float[] panel = panel(matrix, depth, columns, column, width);
      int pitch = width + 3;
      float[] c = Floats.guarded(7 + rounded * pitch);
      kernels.multiply(width, rows, depth, a, 5, panel, c, 7, pitch);
      requireGuards(c, rows, rounded, width);
      for (int row = 0; row < rows; row++) {
        int valid = Math.min(width, columns - column);
        System.arraycopy(c, 7 + row * pitch, result, row * columns + column, valid);
      }
      column += width;
    }
    return result;
  }

  private static float[] panel(float[] matrix, int depth, int columns, int column, int width) {
    float[] panel = new float[depth * width];
    for (int k = 0; k < depth; k++) {
      int valid = Math.min(width, columns - column);
      System.arraycopy(matrix, k * columns + column, panel, k * width, valid);
    }
    return panel;
  }

  private static void requireGuards(float[] c, int rows, int rounded, int width) {
    int guard = Float.floatToRawIntBits(Floats.GUARD);
    for (int i = 0; i < c.length; i++) {
      boolean written = Float.floatToRawIntBits(c[i]) != guard;
      int row = i < 7 ? rounded : (i - 7) / (width + 3);
      boolean inWidth = i >= 7 && (i - 7) % (width + 3) < width;
      if (written && (row >= rounded || !inWidth)) {
        throw new AssertionError("written beside the tile: " + i);
      }
      if (!written && row < rows && inWidth) {
        throw new AssertionError("not written: " + i);
      }
    }
  }

  private static Call store(int rows, int columns, float floor) {
    String name = "store %d x %d floor %s".formatted(rows, columns, floor);
    Random random = new Random(name.hashCode());
    float[] tile = Floats.awkward(random, rows * (columns + 5));
    float[] bias = Floats.awkward(random, columns + 3);
    int[] at = shuffledRows(random, FIRST + rows, columns + 9);
    return new Call(
        name,
        kernels -> {
          float[] target = Floats.guarded((FIRST + rows) * (columns + 9) + 20);
          kernels.store(rows, columns, tile, columns + 5, bias, 3, floor, target, at, FIRST, 4);
          return target;
        });
  }

  private static Call gatherSum(int rows, int length, float factor) {
    String name = "gatherSum %d x %d factor %s".formatted(rows, length, factor);
    Random random = new Random(name.hashCode());
    int pitch = length + 3;
    float[] source = Floats.awkward(random, rows * pitch + 20);
    int[] first = shuffledRows(random, rows, pitch);
    int[] second = shuffledRows(random, rows, pitch);
    return new Call(
        name,
        kernels -> {
          float[] block = Floats.guarded(rows * Kernels.PITCH + length + 20);
          kernels.gatherSum(rows, length, source, first, 2, factor, second, 1, block, 3);
          return block;
        });
  }

  private static Call add(int rows, int columns, float factor, float floor) {
    String name = "add %d x %d factor %s floor %s".formatted(rows, columns, factor, floor);
    Random random = new Random(name.hashCode());
    float[] tile = Floats.awkward(random, rows * (columns + 5));
    float[] before = Floats.awkward(random, (FIRST + rows) * (columns + 9) + 20);
    int[] at = shuffledRows(random, FIRST + rows, columns + 9);
    return new Call(
        name,
        kernels -> {
          float[] target = before.clone();
          kernels.add(rows, columns, factor, tile, columns + 5, floor, target, at, FIRST, 4);
          return target;
        });
  }

  private static int[] shuffledRows(Random random, int rows, int pitch) {
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      order.add(row * pitch + 1);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Call maximum(int height, int width, int channels) {
    String name = "maximum %dx%d x %d".formatted(height, width, channels);
    float[] source = window(name, height, width, channels);
    return new Call(
        name,
        kernels -> {
          float[] target = Floats.guarded(channels + 12);
          int row = (width + 2) * (channels + 3);
          kernels.maximum(height, width, channels, source, 6, row, channels + 3, target, 5);
          return target;
        });
  }

  private static Call average(int height, int width, int channels, float floor) {
    String name = "average %dx%d x %d floor %s".formatted(height, width, channels, floor);
    float[] source = window(name, height, width, channels);
    float[] bias = Floats.awkward(new Random(channels), channels);
    float scale = 1f / (height * width);
    return new Call(
        name,
        kernels -> {
          float[] target = Floats.guarded(channels + 12);
          int row = (width + 2) * (channels + 3);
          int column = channels + 3;
          kernels.average(
              height, width, channels, source, 6, row, column, scale, bias, floor, target, 5);
          return target;
        });
  }

  private static float[] window(String name, int height, int width, int channels) {
    return Floats.awkward(new Random(name.hashCode()), 6 + height * (width + 2) * (channels + 3));
  }

  private static Call transformInput(int points, int lines, int channels) {
    String name = "transformInput %d x %d x %d".formatted(lines, points, channels);
    Random random = new Random(name.hashCode());
    int pitch = channels + 2;
    int line = points * pitch + 1;
    float[] in = Floats.awkward(random, 3 + lines * line);
    int[] at = shuffledRows(random, lines * points, channels + 4);
    return new Call(
        name,
        kernels -> {
          float[] out = Floats.guarded(lines * points * (channels + 4) + 20);
          kernels.transformInput(points, lines, in, 3, line, pitch, out, 6, at, channels);
          return out;
        });
  }

  private static Call transformOutput(int points, int outputs, int channels) {
    String name = "transformOutput %d,%d x %d".formatted(points, outputs, channels);
    float[] in = Floats.awkward(new Random(name.hashCode()), 3 + points * (channels + 2));
    return new Call(
        name,
        kernels -> {
          float[] out = Floats.guarded(outputs * (channels + 4) + 20);
          kernels.transformOutput(
              points, outputs, in, 3, channels + 2, out, 6, channels + 4, channels);
          return out;
        });
  }

  private static Call transformOutputBiased(
      int points, int outputs, int lines, int channels, float floor) {
    String name =
        "transformOutputBiased %d x %d,%d x %d floor %s"
            .formatted(lines, points, outputs, channels, floor);
    Random random = new Random(name.hashCode());
    int pitch = channels + 2;
    int line = points * pitch + 1;
    int outPitch = channels + 4;
    int outLine = outputs * outPitch + 2;
    float[] in = Floats.awkward(random, 3 + lines * line);
    float[] bias = Floats.awkward(random, channels + 3);
    return new Call(
        name,
        kernels -> {
          float[] out = Floats.guarded(lines * outLine + 20);
          kernels.transformOutputBiased(
              points, outputs, lines, in, 3, line, pitch, out, 6, outLine, outPitch, channels, bias,
              3, floor);
          return out;
        });
  }
}
