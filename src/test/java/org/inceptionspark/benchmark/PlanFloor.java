package org.inceptionspark.benchmark;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.tensor.Tensor;

/**
 * A lower bound for the plan's time: the multiplications left after minimal filters and Strassen's
 * products, at this machine's peak of fused multiply-adds.
 *
 * @param multiplyAdds of one image
 * @param peak of one core, GFLOP/s
 */
record PlanFloor(long multiplyAdds, double peak) {
  private static final int PEAK_RUNS = 20_000;

  /** Counts and measures. To be called last: it leaves JIT profiles that are not the network's. */
  static PlanFloor measure(Graph graph, Map<String, Tensor> variables, Kernels kernels, int batch) {
    AtomicLong count = new AtomicLong();
    Network.build(graph, variables, List.of("PreLogits", "Logits"), counting(kernels, count))
        .stream(batch)
        .run(batch);
    return new PlanFloor(count.get() / batch, peak(kernels));
  }

  double milliseconds() {
    return 2 * multiplyAdds / peak / 1e6;
  }

  private static Kernels counting(Kernels kernels, AtomicLong count) {
    return (Kernels)
        Proxy.newProxyInstance(
            PlanFloor.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("multiply")) {
                long width = (int) arguments[0];
                count.addAndGet(width * (int) arguments[1] * (int) arguments[2]);
              }
              return method.invoke(kernels, arguments);
            });
  }

  /** The best of many short runs. */
  private static double peak(Kernels kernels) {
    LayerCall.Prepared run = LayerCalls.PEAK.checked(kernels);
    double best = 0;
    for (int i = 0; i < PEAK_RUNS; i++) {
      long start = System.nanoTime();
      run.run();
      best = Math.max(best, LayerCalls.PEAK.work() / (double) (System.nanoTime() - start));
    }
    return best;
  }
}
