package org.inceptionspark.nn.run;

/** Receives each step that a stream has taken, for benchmarks. */
@FunctionalInterface
public interface StepListener {
  /**
   * @param step scope and algorithm, such as {@code InceptionV3/Conv2d_2a_3x3 (F(6x6,3x3))}
   */
  void finished(String step, long nanoseconds);
}
