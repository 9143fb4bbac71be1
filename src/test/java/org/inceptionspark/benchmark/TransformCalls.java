package org.inceptionspark.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import org.inceptionspark.kernels.Kernels;

/** Winograd's transforms: a line of tiles side by side, into their matrices and back. */
final class TransformCalls {
  private static final int TILES = LayerCalls.ROWS;

  private TransformCalls() {}

  static List<LayerCall> all() {
    return List.of(
        input("Mixed_7b 3x3, F(4x4,3x3)", 6, 4, 224),
        input("Conv2d_2b 3x3, F(6x6,3x3)", 8, 6, 32),
        input("Mixed_5b 5x5, F(4x4,5x5)", 8, 4, 48),
        input("Mixed_7b 1x3, F(8,3)", 10, 8, 192),
        input("Mixed_6e 1x7, F(6,7)", 12, 6, 192),
        output("Mixed_7b 3x3, F(4x4,3x3)", 6, 4, 576),
        output("Conv2d_2b 3x3, F(6x6,3x3)", 8, 6, 512),
        biased("Mixed_7b 3x3, F(4x4,3x3)", 6, 4, 96),
        biased("Conv2d_2b 3x3, F(6x6,3x3)", 8, 6, 64),
        biased("Mixed_5b 5x5, F(4x4,5x5)", 8, 4, 64),
        biased("Mixed_7b 1x3, F(8,3)", 10, 8, 96),
        biased("Mixed_6e 1x7, F(6,7)", 12, 6, 96));
  }

  private static LayerCall input(String layer, int points, int outputs, int channels) {
    int[] at = IntStream.range(0, points).map(point -> point * TILES * Kernels.PITCH).toArray();
    return new LayerCall(
        "transformInput %d x %d".formatted(points, channels),
        layer,
        bytes(2 * points, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] map = LayerCall.values((TILES * outputs + points) * channels);
          float[] matrices = new float[points * TILES * Kernels.PITCH];
          return LayerCall.prepared(
              () -> {
                for (int tile = 0; tile < TILES; tile++) {
                  int from = tile * outputs * channels;
                  int to = tile * Kernels.PITCH;
                  kernels.transformInput(points, map, from, channels, matrices, to, at, channels);
                }
              },
              matrices);
        });
  }

  private static LayerCall output(String layer, int points, int outputs, int channels) {
    return new LayerCall(
        "transformOutput %d to %d x %d".formatted(points, outputs, channels),
        layer,
        bytes(points + outputs, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] products = LayerCall.values(points * TILES * channels);
          float[] halfway = new float[outputs * channels];
          return LayerCall.prepared(
              () -> {
                for (int tile = 0; tile < TILES; tile++) {
                  int from = tile * channels;
                  int pitch = TILES * channels;
                  kernels.transformOutput(
                      points, outputs, products, from, pitch, halfway, 0, channels, channels);
                }
              },
              halfway);
        });
  }

  private static LayerCall biased(String layer, int points, int outputs, int channels) {
    return new LayerCall(
        "transformOutputBiased %d to %d x %d".formatted(points, outputs, channels),
        layer,
        bytes(points + outputs, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] products = LayerCall.values(points * TILES * channels);
          float[] bias = LayerCall.values(channels);
          float[] map = new float[TILES * outputs * channels];
          return LayerCall.prepared(
              () -> {
                for (int tile = 0; tile < TILES; tile++) {
                  int from = tile * channels;
                  int pitch = TILES * channels;
                  int to = tile * outputs * channels;
                  kernels.transformOutputBiased(
                      points, outputs, products, from, pitch, map, to, channels, channels, bias, 0,
                      0f);
                }
              },
              map);
        });
  }

  private static long bytes(int values, int channels) {
    return (long) TILES * values * channels * Float.BYTES;
  }
}
