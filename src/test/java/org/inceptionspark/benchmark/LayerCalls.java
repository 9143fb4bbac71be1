package org.inceptionspark.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.kernels.FmaPeak;

/** The kernels' operations with the sizes of the network of 299 x 299 pixels at full width. */
final class LayerCalls {
  /** Rows of a block of a direct convolution; Winograd's blocks have about as many tiles. */
  static final int ROWS = 84;

  static final LayerCall PEAK = peak();

  private LayerCalls() {}

  /** The peak, then products, placing, transforms, pools. */
  static List<LayerCall> all() {
    return Stream.of(
            List.of(PEAK),
            ProductCalls.all(),
            PlacingCalls.all(),
            TransformCalls.all(),
            PoolCalls.all())
        .flatMap(List::stream)
        .toList();
  }

  static LayerCall named(String name) {
    return all().stream().filter(call -> call.name().equals(name)).findFirst().orElseThrow();
  }

  private static LayerCall peak() {
    int steps = 1000;
    float[] sums = new float[FmaPeak.CHAINS * FmaPeak.LANES];
    return new LayerCall(
        "fma",
        "nothing else: the peak",
        2L * steps * sums.length,
        LayerCall.FLOPS,
        kernels -> LayerCall.prepared(() -> peak(steps, sums), sums));
  }

  private static void peak(int steps, float[] sums) {
    Arrays.fill(sums, 0f);
    FmaPeak.run(steps, 0.5f, 0.25f, sums);
  }
}
