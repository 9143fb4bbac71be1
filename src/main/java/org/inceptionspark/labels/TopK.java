package org.inceptionspark.labels;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best labels of an image, most probable first. Among equal logits the lowest class number is
 * first, as in TensorFlow's argmax.
 *
 * @param count how many; fewer if there are fewer classes
 */
public record TopK(int count, LabelNames names) implements Serializable {

  public TopK {
    if (count < 1) {
      throw new IllegalArgumentException("at least one label is needed, found " + count);
    }
  }

  /** The best of mutually exclusive classes. */
  public List<Label> ofSoftmax(float[] logits) {
    return best(logits, Probabilities.softmax(logits));
  }

  /** The best of independent classes. */
  public List<Label> ofSigmoid(float[] logits) {
    return best(logits, Probabilities.sigmoid(logits));
  }

  /** Ordered by logits, which differ where rounded probabilities no longer do. */
  private List<Label> best(float[] logits, float[] probabilities) {
    names.requireClasses(logits.length);
    List<Label> best = new ArrayList<>();
    IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> 0 - logits[i]).thenComparing(i -> i))
        .limit(count)
        .forEach(i -> best.add(new Label(i, names.name(i), probabilities[i])));
    return List.copyOf(best);
  }
}
