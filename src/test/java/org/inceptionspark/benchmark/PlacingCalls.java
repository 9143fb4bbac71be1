package org.inceptionspark.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import org.inceptionspark.kernels.Kernels;

/**
 * Putting the sums of a product into the map of a layer, a tile of rows at a time; and gathering
 * the sums of pixels that go into one.
 */
final class PlacingCalls {
  private static final int ROWS = 14;

  /** Of one panel, and of the sums in it. */
  private static final int COLUMNS = 32;

  private PlacingCalls() {}

  static List<LayerCall> all() {
    return List.of(
        store(288, "Mixed_5d"), store(768, "Mixed_6b"), add(768, "Mixed_6b"), gatherSum());
  }

  private static LayerCall store(int channels, String layer) {
    int[] at = rows(channels);
    return new LayerCall(
        "store %d x %d of %d".formatted(LayerCalls.ROWS, COLUMNS, channels),
        layer,
        2L * LayerCalls.ROWS * COLUMNS * Float.BYTES,
        LayerCall.BYTES,
        kernels -> {
          float[] tile = LayerCall.values(ROWS * COLUMNS);
          float[] bias = LayerCall.values(COLUMNS);
          float[] map = new float[LayerCalls.ROWS * channels];
          return LayerCall.prepared(
              () -> {
                for (int row = 0; row < LayerCalls.ROWS; row += ROWS) {
                  kernels.store(ROWS, COLUMNS, tile, COLUMNS, bias, 0, 0f, map, at, row, COLUMNS);
                }
              },
              map);
        });
  }

  private static LayerCall add(int channels, String layer) {
    int[] at = rows(channels);
    return new LayerCall(
        "add %d x %d of %d".formatted(LayerCalls.ROWS, COLUMNS, channels),
        layer,
        3L * LayerCalls.ROWS * COLUMNS * Float.BYTES,
        LayerCall.BYTES,
        kernels -> {
          float[] tile = LayerCall.values(ROWS * COLUMNS);
          float[] map = LayerCall.values(LayerCalls.ROWS * channels);
          return LayerCall.prepared(
              () -> {
                for (int row = 0; row < LayerCalls.ROWS; row += ROWS) {
                  kernels.add(ROWS, COLUMNS, 1, tile, COLUMNS, 0f, map, at, row, COLUMNS);
                }
              },
              map);
        });
  }

  private static LayerCall gatherSum() {
    int channels = 768;
    int half = channels / 2;
    int length = half / 2;
    int[] at = rows(channels);
    return new LayerCall(
        "gatherSum %d x %d of %d".formatted(LayerCalls.ROWS, length, channels),
        "Mixed_6b 1x1, Strassen",
        3L * LayerCalls.ROWS * length * Float.BYTES,
        LayerCall.BYTES,
        kernels -> {
          float[] map = LayerCall.values(LayerCalls.ROWS * channels);
          float[] block = new float[LayerCalls.ROWS * Kernels.PITCH];
          return LayerCall.prepared(
              () -> kernels.gatherSum(LayerCalls.ROWS, length, map, at, 0, 1, at, half, block, 0),
              block);
        });
  }

  private static int[] rows(int channels) {
    return IntStream.range(0, LayerCalls.ROWS).map(row -> row * channels).toArray();
  }
}
