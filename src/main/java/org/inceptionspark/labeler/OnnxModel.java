package org.inceptionspark.labeler;

import java.util.List;
import org.inceptionspark.nn.onnx.OnnxExport;
import org.inceptionspark.weights.ModelWeights;

/** A model for other engines: the whole network, batch norm folded, as ONNX. */
public final class OnnxModel {
  private OnnxModel() {}

  /**
   * The bytes of the file: input {@code input} [batch, 3, 299, 299], preprocessed; outputs {@code
   * PreLogits} and {@code Logits}, or the pooled map of a model without classes.
   *
   * @throws org.inceptionspark.weights.file.WeightsException if the weights are of another network
   */
  public static byte[] of(ModelWeights weights) {
    LabelerSpec spec = LabelerSpec.builder(weights).build();
    List<String> outputs =
        spec.classes() > 0 ? List.of("PreLogits", ImageLabeler.LOGITS) : List.of("AvgPool_1a");
    return OnnxExport.of(spec.graph(), weights.variables(), outputs);
  }
}
