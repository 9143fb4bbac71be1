package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.nn.MapShape;

/** Softmax over the channels of each pixel; the largest is subtracted first. */
record SoftmaxStep(String name, View source, View target) implements Step {
  @Override
  public List<View> targets() {
    return List.of(target);
  }

  @Override
  public void run(Memory memory, int first, int count) {
    MapShape map = target.buffer().map();
    for (int image = first; image < first + count; image++) {
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          softmax(
              memory.array(source.buffer()),
              memory.start(source.buffer(), image) + source.offset(y, x),
              memory.array(target.buffer()),
              memory.start(target.buffer(), image) + target.offset(y, x));
        }
      }
    }
  }

  private void softmax(float[] logits, int from, float[] probabilities, int to) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < source.channels(); i++) {
      largest = Math.max(largest, logits[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < source.channels(); i++) {
      sum += Math.exp(logits[from + i] - largest);
    }
    for (int i = 0; i < source.channels(); i++) {
      probabilities[to + i] = (float) (Math.exp(logits[from + i] - largest) / sum);
    }
  }
}
