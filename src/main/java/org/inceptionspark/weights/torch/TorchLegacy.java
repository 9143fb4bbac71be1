package org.inceptionspark.weights.torch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.PickleStack.PickleList;
import org.inceptionspark.weights.torch.TorchObjects.Storage;

/**
 * Torch's older form: five pickles (a magic number, a version, the writer's machine, the object,
 * the keys of its storages), then each storage as a count and its bytes.
 *
 * @param top the object
 */
record TorchLegacy(Object top, TorchStorages storages, TorchObjects objects) {
  private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");
  private static final long VERSION = 1001;

  static boolean matches(ByteCursor file) {
    return file.remaining() >= MAGIC.length
        && Arrays.equals(file.window(0, MAGIC.length).bytes(MAGIC.length), MAGIC);
  }

  static TorchLegacy read(ByteCursor in) {
    TorchObjects objects = new TorchObjects(in.file());
    Pickle.load(in, objects);
    Object version = Pickle.load(in, objects);
    if (!version.equals(VERSION)) {
      throw in.error(Kind.UNSUPPORTED, "torch's legacy version is not " + VERSION);
    }
    Object machine = Pickle.load(in, objects);
    if (machine instanceof PickleDict dict
        && Boolean.FALSE.equals(dict.values().get("little_endian"))) {
      throw in.error(Kind.UNSUPPORTED, "written on a big-endian machine");
    }
    Object top = Pickle.load(in, objects);
    if (!(Pickle.load(in, objects) instanceof PickleList keys)) {
      throw in.error(Kind.BAD_STRUCTURE, "no list of storages after the object");
    }
    Map<String, ByteCursor> ranges = new HashMap<>();
    for (Object key : keys.values()) {
      Storage storage = key instanceof String name ? objects.storages().get(name) : null;
      if (storage == null) {
        throw in.error(
            objects.unknown().isEmpty() ? Kind.BAD_STRUCTURE : Kind.UNSUPPORTED,
            "a storage that no tensor uses, or of an unknown type" + objects.unknown());
      }
      ranges.put(storage.key(), range(in, storage));
    }
    return new TorchLegacy(top, TorchStorages.of(in.file(), ranges), objects);
  }

  private static ByteCursor range(ByteCursor in, Storage storage) {
    long count = in.i64();
    if (count != storage.elements()) {
      throw in.error(
          Kind.BAD_STRUCTURE,
          "storage "
              + storage.key()
              + " has "
              + count
              + " elements, its tensors say "
              + storage.elements());
    }
    if (count > in.remaining()) {
      throw in.error(Kind.TRUNCATED, "storage " + storage.key() + " is cut short");
    }
    return in.take(count * storage.dtype().bytes());
  }
}
