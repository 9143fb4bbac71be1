package org.inceptionspark.weights;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** TF-Slim's own names. What else a training checkpoint holds is left aside. */
final class SlimNames {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "InceptionV3/.*/(weights|biases|BatchNorm/(beta|gamma|moving_mean|moving_variance))");

  private SlimNames() {}

  static Optional<Translation> translate(WeightsFile file) {
    List<Binding> bindings =
        file.tensors().stream()
            .map(StoredTensor::name)
            .filter(name -> VARIABLE.matcher(name).matches())
            .map(name -> new Binding(name, name, Layout.SLIM))
            .toList();
    return bindings.isEmpty()
        ? Optional.empty()
        : Optional.of(new Translation(ModelFamily.SLIM, OutputActivation.SOFTMAX, bindings));
  }
}
