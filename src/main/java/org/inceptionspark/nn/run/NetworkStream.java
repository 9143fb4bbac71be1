package org.inceptionspark.nn.run;

import java.util.Arrays;
import org.inceptionspark.nn.run.Plan.Phase;
import org.inceptionspark.tensor.Shape;

/**
 * Runs a network in one thread. Put images into {@link #input()}, call {@link #run}, read the
 * results; {@link #run} allocates nothing. An image's results are the same to the last bit whatever
 * its neighbours, its place and the size of the batch.
 */
public final class NetworkStream {
  private final Plan plan;
  private final Memory memory;
  private final int batch;

  NetworkStream(Plan plan, int batch) {
    this.plan = plan;
    this.batch = batch;
    this.memory = new Memory(plan, batch);
  }

  boolean runs(Plan other) {
    return plan == other;
  }

  public int batch() {
    return batch;
  }

  /**
   * The array for images: rows of RGB floats, image {@code i} from {@link #inputOffset}{@code (i)}
   * on.
   */
  public float[] input() {
    return memory.array(plan.input());
  }

  public int inputOffset(int image) {
    return memory.start(plan.input(), image) + plan.input().offset(0, 0);
  }

  /**
   * Computes the first {@code images} of the batch.
   *
   * @throws IllegalArgumentException if there are none, or more than the batch holds
   */
  public void run(int images) {
    run(images, (step, nanoseconds) -> {});
  }

  /** {@link #run(int)} that reports how long each step took. */
  public void run(int images, StepListener listener) {
    if (images < 1 || images > batch) {
      throw new IllegalArgumentException(
          "images must be 1 to " + batch + " (the batch): found " + images);
    }
    for (Phase phase : plan.phases()) {
      for (int first = 0; first < images; first += Math.min(phase.group(), images)) {
        int count = Math.min(phase.group(), images - first);
        for (Step step : phase.steps()) {
          long start = System.nanoTime();
          step.run(memory, first, count);
          listener.finished(step.name(), System.nanoTime() - start);
        }
      }
    }
  }

  /** The shape of one image's end point. */
  public Shape shape(String endPoint) {
    return capture(endPoint).shape();
  }

  /** A copy of one image's end point from the last run. */
  public float[] result(String endPoint, int image) {
    Capture capture = capture(endPoint);
    int elements = capture.shape().elements();
    float[] all = memory.captured(capture.index());
    return Arrays.copyOfRange(all, image * elements, (image + 1) * elements);
  }

  /** Bytes of this stream's activations and scratch. */
  public long bytes() {
    return memory.bytes();
  }

  private Capture capture(String name) {
    return plan.captures().stream()
        .filter(capture -> capture.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("end point " + name + " was not asked for"));
  }
}
