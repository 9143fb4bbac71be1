package org.inceptionspark.weights.torch;

import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.AlternativeWeights;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.file.ZipArchive;

/**
 * A file by {@code torch.save}, in its zip form or its older one: dictionaries of tensors, and
 * whatever a trainer keeps beside them. Its tensors are those of the largest dictionary.
 */
public final class TorchArchive implements WeightsFile, AlternativeWeights {
  private final Map<String, WeightsFile> dictionaries;
  private final TorchFile largest;
  private final Optional<WeightsException> unread;

  private TorchArchive(
      Map<String, WeightsFile> dictionaries, TorchFile largest, Optional<WeightsException> unread) {
    this.dictionaries = dictionaries;
    this.largest = largest;
    this.unread = unread;
  }

  /** Opens the zip form, which the result closes. */
  public static TorchArchive open(ZipArchive zip, String pickleName) {
    ByteCursor pickle = zip.read(pickleName).orElseThrow();
    TorchObjects objects = new TorchObjects(pickle.file());
    Object top = Pickle.load(pickle, objects);
    String folder = pickleName.substring(0, pickleName.length() - "data.pkl".length());
    ByteOrder order =
        zip.read(folder + "byteorder")
            .filter(bytes -> bytes.utf8(bytes.remaining()).strip().equals("big"))
            .map(big -> ByteOrder.BIG_ENDIAN)
            .orElse(ByteOrder.LITTLE_ENDIAN);
    TorchStorages storages = TorchStorages.ofZip(zip, folder + "data/", order);
    return open(WeightsFormat.TORCH, storages, top, objects);
  }

  public static boolean matchesLegacy(ByteCursor file) {
    return TorchLegacy.matches(file);
  }

  /** Opens the form of torch before 1.6. */
  public static TorchArchive openLegacy(ByteCursor file) {
    TorchLegacy legacy = TorchLegacy.read(file);
    return open(WeightsFormat.TORCH_LEGACY, legacy.storages(), legacy.top(), legacy.objects());
  }

  private static TorchArchive open(
      WeightsFormat format, TorchStorages storages, Object top, TorchObjects objects) {
    TorchDictionaries found = TorchDictionaries.of(top);
    Optional<WeightsException> unread = unread(storages.file(), found, objects);
    Map<String, TorchFile> files = new LinkedHashMap<>();
    found.found().forEach((path, dict) -> files.put(path, TorchFile.of(format, storages, dict)));
    return files.values().stream()
        .max(Comparator.comparingInt(each -> each.tensors().size()))
        .map(largest -> new TorchArchive(new LinkedHashMap<>(files), largest, unread))
        .orElseThrow(() -> unread.orElseGet(() -> nothing(storages.file())));
  }

  private static WeightsException nothing(String file) {
    return new WeightsException(
        Kind.BAD_STRUCTURE, file, "the pickle holds no dictionary of tensors");
  }

  private static Optional<WeightsException> unread(
      String file, TorchDictionaries found, TorchObjects objects) {
    Optional<String> model =
        found
            .module()
            .map(
                module ->
                    "holds a whole model, "
                        + module.name()
                        + ", which only its code could open, and none is run; where you trust the "
                        + "file, save its state dict: "
                        + "torch.save(torch.load(FILE, weights_only=False).state_dict(), NEW)");
    return model
        .or(
            () ->
                objects.unknown().stream()
                    .findFirst()
                    .map(
                        name ->
                            "its pickle asks for "
                                + name
                                + ", which is not known here, and what can be read without it is no "
                                + "network; nothing was run"))
        .map(detail -> new WeightsException(Kind.UNSAFE, file, detail));
  }

  @Override
  public Map<String, WeightsFile> alternatives() {
    return dictionaries;
  }

  @Override
  public Optional<WeightsException> unread() {
    return unread;
  }

  @Override
  public WeightsFormat format() {
    return largest.format();
  }

  @Override
  public List<StoredTensor> tensors() {
    return largest.tensors();
  }

  @Override
  public Tensor read(String name) {
    return largest.read(name);
  }

  @Override
  public void close() {
    largest.close();
  }
}
