package org.inceptionspark.weights.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.ModelFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras 2.13 and 3 wrote through h5py, bit for bit. */
class KerasHdf5Test {
  @ParameterizedTest
  @CsvSource({
    "keras_h5/weights.h5, one_based",
    "keras_h5/chunked.h5, one_based",
    "keras_h5/nested.h5, one_based",
    "keras_h5/full-model.h5, one_based",
    "keras3/tiny.weights.h5, weights",
    "keras3/legacy-full.h5, legacy",
    "keras3/bfloat16.weights.h5, bfloat16",
    "keras3/keras-2.13.weights.h5, keras-2.13"
  })
  void asStored(String name, String set) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path(name))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.HDF5);
      String folder = name.substring(0, name.indexOf('/'));
      ExpectedTensors.assertEqual(file, ExpectedTensors.set(folder, set));
    }
  }

  @Test
  void archive() {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("keras3/tiny.keras"))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.KERAS_ARCHIVE);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("keras3", "weights"));
    }
  }

  /** Layers are numbered in three ways here, and many share a shape. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras_h5/weights.h5",
        "keras_h5/chunked.h5",
        "keras_h5/nested.h5",
        "keras_h5/full-model.h5",
        "keras3/tiny.weights.h5",
        "keras3/legacy-full.h5",
        "keras3/keras-2.13.weights.h5",
        "keras3/tiny.keras"
      })
  void namesBecomeSlims(String name) {
    ModelWeights weights = ModelWeights.load(Fixtures.path(name));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.variables()).hasSize(378);
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.KERAS);
    assertThat(weights.traits().classes()).isEqualTo(11);
  }

  @Test
  void newestGroupLayoutIsRefused() {
    assertThatThrownBy(() -> WeightsOpener.open(Fixtures.path("keras_h5/latest.h5")))
        .hasMessageEndingWith(
            "latest.h5: the newest HDF5 group layout (dense links); "
                + "write the file without libver='latest'");
  }
}
