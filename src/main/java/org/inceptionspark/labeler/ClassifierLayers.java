package org.inceptionspark.labeler;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;

/**
 * The layers after PreLogits, without the network before them: small enough, a few MB, to send with
 * a query.
 *
 * @param prelogits number of input values
 * @param variables under TF-Slim's names
 */
public record ClassifierLayers(
    int prelogits, InceptionV3Options options, TreeMap<String, Tensor> variables)
    implements Serializable {

  /**
   * A model's own last layers.
   *
   * @throws IllegalArgumentException if the model has no classes
   */
  public static ClassifierLayers of(ModelWeights weights) {
    InceptionV3Options options = ModelOptions.of(weights.traits(), List.of());
    if (options.numClasses() == 0) {
      throw new IllegalArgumentException(weights.source() + " has no classes: prelogits only");
    }
    String first =
        options.hiddenUnits().isEmpty() ? ClassifierHead.WEIGHTS : ClassifierHead.FIRST_HIDDEN;
    int prelogits = weights.variables().get(first).shape().dimension(2);
    TreeMap<String, Tensor> needed = new TreeMap<>();
    for (Variable variable : InceptionV3.classifier(prelogits, options).variables()) {
      needed.put(variable.name(), weights.variables().get(variable.name()));
    }
    return new ClassifierLayers(prelogits, options, needed);
  }

  /** A head that replaces them. */
  public static ClassifierLayers of(ClassifierHead head) {
    SortedMap<String, Tensor> variables = head.variables();
    return new ClassifierLayers(
        head.prelogits(), InceptionV3Options.of(head.names().size()), new TreeMap<>(variables));
  }
}
