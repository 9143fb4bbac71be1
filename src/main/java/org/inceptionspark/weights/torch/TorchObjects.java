package org.inceptionspark.weights.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.PickleStack.PickleList;

/**
 * What the names in a torch file's pickle stand for: descriptions of tensors, and placeholders for
 * all else; no objects.
 */
final class TorchObjects {
  /** A name that the pickle may call. */
  record Global(String name) {}

  /** Where values are: a file of its own, or a run at the end of a legacy file. */
  record Storage(String key, DType dtype, long elements) {}

  /** A view of a storage. */
  record View(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";
  private static final String TYPED = "torch._tensor._rebuild_from_type_v2";
  private static final String SIZE = "torch.Size";

  private static final Map<String, DType> STORAGES =
      Map.ofEntries(
          Map.entry("torch.FloatStorage", DType.FLOAT32),
          Map.entry("torch.DoubleStorage", DType.FLOAT64),
          Map.entry("torch.HalfStorage", DType.FLOAT16),
          Map.entry("torch.BFloat16Storage", DType.BFLOAT16),
          Map.entry("torch.LongStorage", DType.INT64),
          Map.entry("torch.IntStorage", DType.INT32),
          Map.entry("torch.ShortStorage", DType.INT16),
          Map.entry("torch.CharStorage", DType.INT8),
          Map.entry("torch.ByteStorage", DType.UINT8),
          Map.entry("torch.BoolStorage", DType.BOOL));

  private final String file;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  TorchObjects(String file) {
    this.file = file;
  }

  /** All storages that the pickle mentioned, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  /**
   * A name that the pickle imports.
   *
   * @throws WeightsException UNSAFE if it is one that runs things
   */
  Global global(String module, String name) {
    String full = module + "." + name;
    if (SafeGlobals.isHostile(full)) {
      throw new WeightsException(
          Kind.UNSAFE,
          file,
          "its pickle asks for " + shortened(full) + ", which no weights need; nothing was run");
    }
    return new Global(shortened(full));
  }

  private static String shortened(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "..." : name;
  }

  /** The result of a call: a known description, or a placeholder. */
  Object call(Object callable, Object arguments) {
    if (callable instanceof TorchPlaceholder unknown) {
      return placeholder(unknown.name());
    }
    if (!(callable instanceof Global global)) {
      throw error("calls what is not a function");
    }
    if (SafeGlobals.isDictionary(global.name())) {
      return dictionary(list(arguments));
    }
    return switch (global.name()) {
      case TENSOR -> view(list(arguments));
      case PARAMETER, PARAMETER_WITH_STATE, SIZE -> argument(list(arguments), 0);
      case TYPED -> call(argument(list(arguments), 0), argument(list(arguments), 2));
      default -> placeholder(global.name());
    };
  }

  private TorchPlaceholder placeholder(String name) {
    if (!SafeGlobals.isHarmless(name)) {
      unknown.add(name);
    }
    return new TorchPlaceholder(name);
  }

  /** Names that were asked for and are neither known nor harmless. */
  Set<String> unknown() {
    return unknown;
  }

  /** From pairs; the factory of a defaultdict is not a list of pairs. */
  private PickleDict dictionary(List<Object> arguments) {
    PickleDict dict = new PickleDict();
    if (arguments.isEmpty() || !(arguments.get(0) instanceof PickleList pairs)) {
      return dict;
    }
    for (Object pair : pairs.values()) {
      List<Object> entry = list(pair);
      if (entry.size() != 2) {
        throw error("makes a dictionary of other than keys and values");
      }
      dict.values().put(entry.get(0), entry.get(1));
    }
    return dict;
  }

  private Object view(List<Object> arguments) {
    if (argument(arguments, 0) instanceof TorchPlaceholder unread) {
      return unread;
    }
    if (!(argument(arguments, 0) instanceof Storage storage)) {
      throw error("makes a tensor without a storage");
    }
    return new View(
        storage,
        number(argument(arguments, 1)),
        numbers(argument(arguments, 2)),
        numbers(argument(arguments, 3)));
  }

  /**
   * A persistent id: {@code ("storage", class, key, device, elements)}, or the class of a module in
   * the older form, {@code ("module", class, file, source)}.
   */
  Object persistent(Object id) {
    List<Object> values = list(id);
    Object kind = argument(values, 0);
    if (!(argument(values, 1) instanceof Global global)
        || !("storage".equals(kind) || "module".equals(kind))) {
      throw error("refers to what is not a storage");
    }
    if (kind.equals("module")) {
      return global;
    }
    DType dtype = STORAGES.get(global.name());
    if (dtype == null) {
      return placeholder(global.name());
    }
    Storage storage =
        new Storage(String.valueOf(argument(values, 2)), dtype, number(argument(values, 4)));
    storages.put(storage.key(), storage);
    return storage;
  }

  private List<Long> numbers(Object value) {
    List<Long> numbers = new ArrayList<>();
    list(value).forEach(each -> numbers.add(number(each)));
    return List.copyOf(numbers);
  }

  private long number(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw error("has a number that is none or too large");
  }

  private Object argument(List<Object> arguments, int index) {
    if (index >= arguments.size()) {
      throw error("leaves out an argument");
    }
    return arguments.get(index);
  }

  private List<Object> list(Object value) {
    if (value instanceof PickleList list) {
      return list.values();
    }
    throw error("has no list where one is needed");
  }

  private WeightsException error(String detail) {
    return new WeightsException(Kind.BAD_STRUCTURE, file, "pickle " + detail);
  }
}
