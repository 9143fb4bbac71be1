package org.inceptionspark.benchmark;

import java.util.List;

/** Pools over the inside of a map, where the windows are whole. */
final class PoolCalls {
  private PoolCalls() {}

  static List<LayerCall> all() {
    return List.of(
        maximum("MaxPool_3a_3x3", 147, 64),
        maximum("MaxPool_5a_3x3", 71, 192),
        maximum("Mixed_6a", 35, 288),
        maximum("Mixed_7a", 17, 768),
        average("Mixed_6b", 3, 17, 192),
        average("Mixed_7b", 3, 8, 192),
        average("AvgPool_1a_8x8", 8, 8, 2048));
  }

  private static LayerCall maximum(String layer, int size, int channels) {
    int outputs = (size - 3) / 2 + 1;
    return new LayerCall(
        "maximum 3x3 of %d x %d x %d".formatted(size, size, channels),
        layer,
        bytes(size, outputs, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] source = LayerCall.values(size * size * channels);
          float[] target = new float[outputs * outputs * channels];
          int row = size * channels;
          return LayerCall.prepared(
              () -> {
                for (int pixel = 0; pixel < outputs * outputs; pixel++) {
                  int from = pixel / outputs * 2 * row + pixel % outputs * 2 * channels;
                  int to = pixel * channels;
                  kernels.maximum(3, 3, channels, source, from, row, channels, target, to);
                }
              },
              target);
        });
  }

  private static LayerCall average(String layer, int window, int size, int channels) {
    int outputs = size - window + 1;
    return new LayerCall(
        "average %dx%d of %d x %d x %d".formatted(window, window, size, size, channels),
        layer,
        bytes(size, outputs, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] source = LayerCall.values(size * size * channels);
          float[] bias = LayerCall.values(channels);
          float[] target = new float[outputs * outputs * channels];
          int row = size * channels;
          float scale = 1f / (window * window);
          return LayerCall.prepared(
              () -> {
                for (int pixel = 0; pixel < outputs * outputs; pixel++) {
                  int from = pixel / outputs * row + pixel % outputs * channels;
                  int to = pixel * channels;
                  kernels.average(
                      window, window, channels, source, from, row, channels, scale, bias, 0f,
                      target, to);
                }
              },
              target);
        });
  }

  /** Read once and written once. */
  private static long bytes(int size, int outputs, int channels) {
    return ((long) size * size + (long) outputs * outputs) * channels * Float.BYTES;
  }
}
