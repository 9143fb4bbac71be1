package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;

/** The network that all fixtures hold: widths of one sixteenth, 11 classes, formula weights. */
public final class TinyNetwork {
  private TinyNetwork() {}

  /** Its 388 variables, the auxiliary classifier included. */
  public static List<Variable> variables() {
    return Fixtures.lines("tiny-variables.csv")
        .skip(1)
        .map(line -> line.split(","))
        .map(cells -> new Variable(cells[0], ExpectedTensors.shape(cells[1])))
        .toList();
  }

  /** Without the auxiliary classifier, which most formats leave out: 378. */
  public static List<Variable> mainVariables() {
    return variables().stream().filter(each -> !each.name().contains("/AuxLogits/")).toList();
  }

  static float[] values(Variable variable) {
    return Formula.variable(variable.name(), variable.shape()).data();
  }

  public static Map<String, Tensor> tensors() {
    return Formula.variables(variables());
  }

  /** The formula's values of these variables, to the bit; a gamma may be there if it is one. */
  public static void assertLoaded(ModelWeights weights, List<Variable> expected) {
    weights.require(expected);
    for (Variable variable : expected) {
      assertThat(weights.variables().get(variable.name()).data())
          .as(variable.name())
          .isEqualTo(values(variable));
    }
    weights
        .variables()
        .forEach(
            (name, tensor) -> {
              if (name.endsWith("/gamma")) {
                assertThat(tensor.data()).as(name).containsOnly(1f);
              }
            });
  }
}
