package org.inceptionspark.weights.hdf5;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.JsonDocuments;
import org.inceptionspark.weights.file.KerasModel;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;

/** Weights that Keras wrote to HDF5: the old layout with one group per layer, and Keras 3's. */
public final class KerasHdf5 implements WeightsFile, KerasModel {
  /** The optimizer's state is as large as the weights and looks like them. */
  private static final Pattern NOT_WEIGHTS =
      Pattern.compile("(optimizer_weights|_?optimizer|metrics|_metrics.*)/.*");

  /** Keras 3 numbers the variables of a layer. */
  private static final Pattern NUMBERED = Pattern.compile(".*/vars/\\d+");

  /** The old layout repeats the layer: its group, then the tensor's name with the layer in it. */
  private static final Pattern OLD_GROUP = Pattern.compile("(?:model_weights/)?[^/]+/(?=[^/]+/.)");

  private final WeightsFormat format;
  private final Hdf5Image image;
  private final Optional<String> config;
  private final Map<String, Hdf5Dataset> datasets = new LinkedHashMap<>();

  private KerasHdf5(WeightsFormat format, Hdf5Image image, Optional<String> config) {
    this.format = format;
    this.image = image;
    this.config = config;
  }

  /** Opens a file of its own, which may hold the model's configuration as an attribute. */
  public static KerasHdf5 open(ByteCursor file) {
    Hdf5Image image = Hdf5Image.open(file);
    Hdf5Object root = Hdf5Object.read(image, image.root());
    return open(WeightsFormat.HDF5, image, Hdf5Attributes.text(image, root, "model_config"));
  }

  /** Opens the weights of a {@code .keras} archive. */
  public static KerasHdf5 open(ByteCursor file, Optional<String> config) {
    return open(WeightsFormat.KERAS_ARCHIVE, Hdf5Image.open(file), config);
  }

  private static KerasHdf5 open(WeightsFormat format, Hdf5Image image, Optional<String> config) {
    KerasHdf5 opened = new KerasHdf5(format, image, config);
    Hdf5Groups.datasets(image)
        .forEach(
            (path, object) -> {
              if (!NOT_WEIGHTS.matcher(path).matches()) {
                opened.add(path, object);
              }
            });
    return opened;
  }

  private void add(String path, Hdf5Object object) {
    boolean numbered = NUMBERED.matcher(path).matches();
    String name = numbered ? path : OLD_GROUP.matcher(path).replaceFirst("");
    try {
      if (datasets.put(name, Hdf5Dataset.of(image, object, name)) != null) {
        throw image.error(Kind.DUPLICATE, "two datasets of this name");
      }
    } catch (WeightsException e) {
      throw e.about(name);
    }
  }

  @Override
  public WeightsFormat format() {
    return format;
  }

  @Override
  public Optional<JsonNode> config() {
    return config.map(
        text ->
            JsonDocuments.parse(
                ByteCursor.of(image.file(), text.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(datasets);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(image.file(), datasets, name, Hdf5Dataset::values);
  }

  @Override
  public void close() {}
}
