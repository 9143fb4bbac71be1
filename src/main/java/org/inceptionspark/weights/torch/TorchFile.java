package org.inceptionspark.weights.torch;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.file.ZipArchive;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.TorchObjects.View;

/** A dictionary of tensors that torch saved, in its zip form or its older one. */
public final class TorchFile implements WeightsFile {
  /** Where trainers keep the weights beside an optimizer's state; averaged ones last. */
  private static final List<String> WRAPPERS =
      List.of("state_dict", "model_state_dict", "model", "net", "params", "state_dict_ema");

  private record Entry(StoredTensor tensor, View view) {}

  private final WeightsFormat format;
  private final String file;
  private final TorchStorages storages;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private TorchFile(WeightsFormat format, String file, TorchStorages storages) {
    this.format = format;
    this.file = file;
    this.storages = storages;
  }

  /** Opens the zip form, which the result closes. */
  public static TorchFile open(ZipArchive zip, String pickleName) {
    ByteCursor pickle = zip.read(pickleName).orElseThrow();
    TorchObjects objects = new TorchObjects(pickle.file());
    Object top = Pickle.load(pickle, objects);
    String folder = pickleName.substring(0, pickleName.length() - "data.pkl".length());
    ByteOrder order =
        zip.read(folder + "byteorder")
            .filter(bytes -> bytes.utf8(bytes.remaining()).strip().equals("big"))
            .map(big -> ByteOrder.BIG_ENDIAN)
            .orElse(ByteOrder.LITTLE_ENDIAN);
    return open(
        WeightsFormat.TORCH, pickle.file(), top, TorchStorages.ofZip(zip, folder + "data/", order));
  }

  public static boolean matchesLegacy(ByteCursor file) {
    return TorchLegacy.matches(file);
  }

  /** Opens the form of before torch 1.6. */
  public static TorchFile openLegacy(ByteCursor file) {
    TorchLegacy legacy = TorchLegacy.read(file);
    return open(WeightsFormat.TORCH_LEGACY, file.file(), legacy.top(), legacy.storages());
  }

  private static TorchFile open(
      WeightsFormat format, String file, Object top, TorchStorages storages) {
    TorchFile opened = new TorchFile(format, file, storages);
    opened.addAll(stateDict(file, top));
    return opened;
  }

  /** The dictionary that holds tensors: the top one, or one it wraps. */
  private static PickleDict stateDict(String file, Object top) {
    if (!(top instanceof PickleDict dict)) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, file, "the pickle holds no dictionary of tensors");
    }
    if (dict.values().values().stream().anyMatch(View.class::isInstance)) {
      return dict;
    }
    for (String wrapper : WRAPPERS) {
      if (dict.values().get(wrapper) instanceof PickleDict wrapped) {
        return wrapped;
      }
    }
    return dict;
  }

  private void addAll(PickleDict dict) {
    dict.values()
        .forEach(
            (key, value) -> {
              if (key instanceof String name && value instanceof View view) {
                Shape shape = StoredShapes.of(file, name, view.sizes());
                StoredTensor tensor = new StoredTensor(name, view.storage().dtype(), shape);
                entries.put(name, new Entry(tensor, view));
              }
            });
  }

  @Override
  public WeightsFormat format() {
    return format;
  }

  @Override
  public List<StoredTensor> tensors() {
    return entries.values().stream().map(Entry::tensor).toList();
  }

  @Override
  public Tensor read(String name) {
    Entry entry = entries.get(name);
    StoredTensor tensor =
        StoredTensors.requireFloat(file, name, entry == null ? null : entry.tensor);
    try {
      return new Tensor(tensor.shape(), StridedValues.read(storages, entry.view, tensor.shape()));
    } catch (WeightsException e) {
      throw e.about(name);
    }
  }

  @Override
  public void close() {
    storages.close();
  }
}
