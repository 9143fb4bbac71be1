package org.inceptionspark.weights.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.TensorEntry;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.TorchObjects.View;

/** One dictionary of tensors in a file by {@code torch.save}. */
public final class TorchFile implements WeightsFile {
  /** Keys of what a network computes with; other objects in a dictionary are metadata. */
  private static final Pattern WEIGHTS =
      Pattern.compile("(?:.*\\.)?(?:weight|bias|running_mean|running_var|_packed_params)");

  private record Entry(StoredTensor tensor, View view) implements TensorEntry {}

  private final WeightsFormat format;
  private final TorchStorages storages;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private Optional<WeightsException> unread = Optional.empty();

  private TorchFile(WeightsFormat format, TorchStorages storages) {
    this.format = format;
    this.storages = storages;
  }

  static TorchFile of(WeightsFormat format, TorchStorages storages, PickleDict dict) {
    TorchFile file = new TorchFile(format, storages);
    dict.values()
        .forEach(
            (key, value) -> {
              if (key instanceof String name) {
                file.add(name, value);
              }
            });
    return file;
  }

  private void add(String name, Object value) {
    if (value instanceof View view) {
      Shape shape = StoredShapes.of(storages.file(), name, view.sizes());
      entries.put(name, new Entry(new StoredTensor(name, view.storage().dtype(), shape), view));
    } else if (unread.isEmpty() && WEIGHTS.matcher(name).matches()) {
      unread = TorchDictionaries.unknown(value).map(maker -> needs(name, maker));
    }
  }

  private WeightsException needs(String name, String maker) {
    String detail = "is made by " + maker + ", which is not known here; nothing was run";
    return new WeightsException(Kind.UNSAFE, storages.file(), detail).about(name);
  }

  /**
   * Checks that all its tensors can be read.
   *
   * @throws WeightsException UNSAFE if one depends on an unknown name
   */
  public TorchFile requireWhole() {
    unread.ifPresent(
        failure -> {
          throw failure;
        });
    return this;
  }

  @Override
  public WeightsFormat format() {
    return format;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(entries);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(storages.file(), entries, name, this::values);
  }

  private float[] values(Entry entry) {
    return StridedValues.read(storages, entry.view, entry.tensor.shape());
  }

  @Override
  public void close() {
    storages.close();
  }
}
