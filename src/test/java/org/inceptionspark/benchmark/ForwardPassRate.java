package org.inceptionspark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;

/** The network and nothing else, in several threads at once: an upper bound for any job. */
final class ForwardPassRate {
  private static final int BATCH = 8;
  private static final int RUNS = 24;

  private final List<NetworkStream> streams;

  ForwardPassRate(LabelerSpec spec, int threads) {
    int size = InceptionV3.DEFAULT_IMAGE_SIZE;
    Network network =
        Network.build(
            InceptionV3.network(size, size, spec.options()),
            spec.weights().variables(),
            List.of("PreLogits", "Logits"),
            KernelSelector.select(KernelChoice.AUTO));
    streams = IntStream.range(0, threads).mapToObj(i -> network.stream(BATCH)).toList();
  }

  /** Images a second of all threads. */
  double measure() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(streams.size());
    try {
      long start = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (NetworkStream stream : streams) {
        running.add(threads.submit(() -> run(stream)));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
      return streams.size() * RUNS * BATCH / ((System.nanoTime() - start) / 1e9);
    } finally {
      threads.shutdown();
    }
  }

  private static void run(NetworkStream stream) {
    for (int i = 0; i < RUNS; i++) {
      stream.run(BATCH);
    }
  }
}
