package org.inceptionspark.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Milliseconds an image, measured repeatedly. */
final class Times {
  private final List<Double> milliseconds = new ArrayList<>();

  void measure(Engine engine, int batch) {
    long start = System.nanoTime();
    engine.run();
    milliseconds.add((System.nanoTime() - start) / 1e6 / batch);
  }

  double minimum() {
    return Collections.min(milliseconds);
  }

  double median() {
    return Medians.of(milliseconds);
  }
}
