package org.inceptionspark.labeler;

import java.util.List;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.inception.InceptionV3Options.LastPool;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.weights.model.NetworkVariant;

/** The options of the network that a model's weights need. */
final class ModelOptions {
  private ModelOptions() {}

  static InceptionV3Options of(NetworkVariant traits, List<String> endPoints) {
    InceptionV3Options.Builder options =
        InceptionV3Options.builder(traits.classes())
            .hiddenUnits(traits.hiddenUnits())
            .depthMultiplier(traits.depthMultiplier())
            .minDepth(traits.minDepth())
            .normalization(normalization(traits))
            .divisor(
                switch (traits.poolDivisor()) {
                  case EXISTING -> Divisor.EXISTING;
                  case WINDOW -> Divisor.WINDOW;
                })
            .lastPool(
                switch (traits.lastPool()) {
                  case AVERAGE -> LastPool.AVERAGE;
                  case MAXIMUM -> LastPool.MAXIMUM;
                });
    if (!traits.auxLogits() || !endPoints.contains("AuxLogits")) {
      options.withoutAuxLogits();
    }
    return options.build();
  }

  private static Normalization normalization(NetworkVariant traits) {
    if (!traits.batchNorm()) {
      return Normalization.BIASES;
    }
    return traits.gamma() ? Normalization.BATCH_NORM_WITH_SCALE : Normalization.BATCH_NORM;
  }
}
