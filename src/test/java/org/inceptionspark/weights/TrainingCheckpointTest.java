package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.inceptionspark.tensor.Variable;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.MovingAverages;
import org.junit.jupiter.api.Test;

/** What training leaves behind: averages, an optimizer's slots, a step counter, other keys. */
class TrainingCheckpointTest {
  private static final String AVERAGE = "/ExponentialMovingAverage";
  private final Path training = Fixtures.path("tf_v2/training");

  @Test
  void averagesReplaceTheVariables() {
    Map<String, ExpectedTensors.Expected> stored = ExpectedTensors.set("tf_v2", "training");
    for (MovingAverages choice :
        new MovingAverages[] {MovingAverages.REQUIRE, MovingAverages.PREFER}) {
      ModelWeights weights = ModelWeights.load(training, LoadOptions.of(choice));
      assertThat(weights.variables()).hasSize(388);
      for (Variable variable : TinyNetwork.variables()) {
        assertThat(ExpectedTensors.digest(weights.variables().get(variable.name())))
            .as(variable.name())
            .isEqualTo(stored.get(variable.name() + AVERAGE).digest());
      }
    }
  }

  @Test
  void withoutAveragesTheVariablesAreUsedOrAnErrorNamesThem() {
    Path plain = Fixtures.path("tf_v2/tiny");
    TinyNetwork.assertLoaded(
        ModelWeights.load(plain, LoadOptions.of(MovingAverages.PREFER)), TinyNetwork.variables());
    assertThatThrownBy(() -> ModelWeights.load(plain, LoadOptions.of(MovingAverages.REQUIRE)))
        .hasMessage(
            plain + ": 388 of 388 variables have no moving average (ExponentialMovingAverage)");
    Path keras = Fixtures.path("tfjs/uint8/model.json");
    assertThatThrownBy(() -> ModelWeights.load(keras, LoadOptions.of(MovingAverages.REQUIRE)))
        .hasMessage(keras + ": moving averages are only in TF-Slim's own checkpoints");
  }

  @Test
  void objectKeysBecomeSlims() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("tf_v2/object"));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.variables()).hasSize(378);
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.KERAS);
  }
}
