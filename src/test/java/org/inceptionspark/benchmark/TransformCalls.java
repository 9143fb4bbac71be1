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
        input("Mixed_7b 3x3, F(4x4,3x3)", 6, 6, 224),
        input("Conv2d_2b 3x3, F(6x6,3x3)", 8, 8, 32),
        input("Mixed_5b 5x5, F(4x4,5x5)", 8, 8, 48),
        input("Mixed_7b 1x3, F(8,3)", 10, 1, 192),
        input("Mixed_6e 1x7, F(6,7)", 12, 1, 192),
        output("Mixed_7b 3x3, F(4x4,3x3)", 6, 4, 576),
        output("Conv2d_2b 3x3, F(6x6,3x3)", 8, 6, 512),
        biased("Mixed_7b 3x3, F(4x4,3x3)", 6, 4, 4, 96),
        biased("Conv2d_2b 3x3, F(6x6,3x3)", 8, 6, 6, 64),
        biased("Mixed_5b 5x5, F(4x4,5x5)", 8, 4, 4, 64),
        biased("Mixed_7b 1x3, F(8,3)", 10, 8, 1, 96),
        biased("Mixed_6e 1x7, F(6,7)", 12, 6, 1, 96));
  }

  /** The lines of a tile lie one after the other; each point has its matrix. */
  private static LayerCall input(String layer, int points, int lines, int channels) {
    int rows = TILES * Kernels.PITCH;
    int[] at = IntStream.range(0, lines * points).map(point -> point * rows).toArray();
    int line = points * channels;
    return new LayerCall(
        "transformInput %d x %d x %d".formatted(lines, points, channels),
        layer,
        lines * bytes(2 * points, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] halfway = LayerCall.values(lines * line);
          float[] matrices = new float[lines * points * rows];
          return LayerCall.prepared(
              () -> {
                for (int tile = 0; tile < TILES; tile++) {
                  int to = tile * Kernels.PITCH;
                  kernels.transformInput(
                      points, lines, halfway, 0, line, channels, matrices, to, at, channels);
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

  /** From a scratch that stays in the first-level cache into the tiles of a map. */
  private static LayerCall biased(String layer, int points, int outputs, int lines, int channels) {
    int line = points * channels;
    int outLine = TILES * outputs * channels;
    return new LayerCall(
        "transformOutputBiased %d x %d to %d x %d".formatted(lines, points, outputs, channels),
        layer,
        lines * bytes(points + outputs, channels),
        LayerCall.BYTES,
        kernels -> {
          float[] halfway = LayerCall.values(lines * line);
          float[] bias = LayerCall.values(channels);
          float[] map = new float[lines * outLine];
          return LayerCall.prepared(
              () -> {
                for (int tile = 0; tile < TILES; tile++) {
                  int to = tile * outputs * channels;
                  kernels.transformOutputBiased(
                      points, outputs, lines, halfway, 0, line, channels, map, to, outLine,
                      channels, channels, bias, 0, 0f);
                }
              },
              map);
        });
  }

  private static long bytes(int values, int channels) {
    return (long) TILES * values * channels * Float.BYTES;
  }
}
