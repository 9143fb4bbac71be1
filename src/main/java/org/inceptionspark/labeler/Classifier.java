package org.inceptionspark.labeler;

import java.util.List;
import java.util.Locale;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;

/**
 * The layers after PreLogits by themselves: from stored embeddings, the same logits to the bit that
 * the whole network gives for the images. Immutable; each thread uses a {@link Stream} of its own.
 */
public final class Classifier {

  private final Network network;
  private final int prelogits;
  private final int classes;

  private Classifier(ClassifierLayers layers) {
    prelogits = layers.prelogits();
    classes = layers.options().numClasses();
    network =
        Network.build(
            InceptionV3.classifier(prelogits, layers.options()),
            layers.variables(),
            List.of(ImageLabeler.LOGITS),
            KernelSelector.select(KernelChoice.AUTO));
  }

  public static Classifier of(ClassifierLayers layers) {
    return new Classifier(layers);
  }

  /**
   * A model's own last layers.
   *
   * @throws IllegalArgumentException if the model has no classes
   */
  public static Classifier of(ModelWeights weights) {
    return of(ClassifierLayers.of(weights));
  }

  /** A head that replaces them. */
  public static Classifier of(ClassifierHead head) {
    return of(ClassifierLayers.of(head));
  }

  /** Values that go in. */
  public int prelogits() {
    return prelogits;
  }

  /** Values that come out. */
  public int classes() {
    return classes;
  }

  /** Memory for one thread. */
  public Stream stream() {
    return new Stream(network.stream(1));
  }

  /** Computes logits of embeddings in one thread. */
  public final class Stream {
    private final NetworkStream stream;

    private Stream(NetworkStream stream) {
      this.stream = stream;
    }

    /**
     * The logits of one image.
     *
     * @param embedding {@link #prelogits()} values
     * @throws IllegalArgumentException if there are more or fewer
     */
    public float[] logits(float[] embedding) {
      if (embedding.length != prelogits) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%d prelogits where the classifier takes %d",
                embedding.length,
                prelogits));
      }
      System.arraycopy(embedding, 0, stream.input(), stream.inputOffset(0), prelogits);
      stream.run(1);
      return stream.result(ImageLabeler.LOGITS, 0);
    }
  }
}
