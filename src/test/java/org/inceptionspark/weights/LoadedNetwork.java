package org.inceptionspark.weights;

import java.util.List;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.weights.model.NetworkVariant;

/** A model's weights in the network that they ask for, run on formula images. */
final class LoadedNetwork {
  static final int SIZE = InceptionV3.DEFAULT_IMAGE_SIZE;

  private LoadedNetwork() {}

  static InceptionV3Options options(NetworkVariant traits) {
    Normalization scaled =
        traits.gamma() ? Normalization.BATCH_NORM_WITH_SCALE : Normalization.BATCH_NORM;
    return InceptionV3Options.builder(traits.classes())
        .depthMultiplier(traits.depthMultiplier())
        .minDepth(traits.minDepth())
        .normalization(traits.batchNorm() ? scaled : Normalization.BIASES)
        .divisor(Divisor.valueOf(traits.poolDivisor().name()))
        .withoutAuxLogits()
        .build();
  }

  /** PreLogits and Logits of the two images of a golden. */
  static NetworkStream run(ModelWeights weights, String images) {
    Network network =
        Network.build(
            InceptionV3.network(SIZE, SIZE, options(weights.traits())),
            weights.variables(),
            List.of("PreLogits", "Logits"),
            KernelSelector.select(KernelChoice.AUTO));
    NetworkStream stream = network.stream(2);
    float[] input = Formula.smoothInput(images, 2, SIZE, SIZE);
    int length = SIZE * SIZE * 3;
    for (int image = 0; image < 2; image++) {
      System.arraycopy(input, image * length, stream.input(), stream.inputOffset(image), length);
    }
    stream.run(2);
    return stream;
  }
}
