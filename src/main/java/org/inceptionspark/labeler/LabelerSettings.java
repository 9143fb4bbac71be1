package org.inceptionspark.labeler;

import java.util.List;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.TopK;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * The part of a specification that is still needed once its network is built: how pictures are read
 * and results named. The weights, some 100 MB, are not.
 *
 * @param embedding the end point of prelogits
 * @param precision of prelogits, as kept
 * @param endPoints further ones to keep
 * @param classes logits per image, or 0
 */
record LabelerSettings(
    ImageDecoder decoder,
    Preprocessing preprocessing,
    String embedding,
    EmbeddingPrecision precision,
    List<String> endPoints,
    int classes,
    TopK top,
    OutputActivation output) {
  static LabelerSettings of(LabelerSpec spec) {
    return new LabelerSettings(
        new ImageDecoder(spec.orientation(), spec.decoding(), spec.maxPixels()),
        spec.preprocessing(),
        ImageLabeler.embedding(spec),
        spec.precision(),
        spec.endPoints(),
        spec.classes(),
        new TopK(spec.top(), spec.labels()),
        spec.weights().traits().output());
  }

  /** The best labels; none of a model without classes. */
  List<Label> labels(float[] logits) {
    if (classes == 0) {
      return List.of();
    }
    return switch (output) {
      case SOFTMAX -> top.ofSoftmax(logits);
      case SIGMOID -> top.ofSigmoid(logits);
    };
  }
}
