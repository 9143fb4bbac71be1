package org.inceptionspark.weights.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.PickleStack.PickleList;

/**
 * The names that a torch file of tensors may use, and what they build: descriptions, no objects.
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
  private static final String TYPED = "torch._tensor._rebuild_from_type_v2";
  private static final String SIZE = "torch.Size";
  private static final Set<String> DICTIONARIES =
      Set.of("collections.OrderedDict", "builtins.dict", "__builtin__.dict");

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

  TorchObjects(String file) {
    this.file = file;
  }

  /** All storages that the pickle mentioned, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  /**
   * A name that the pickle asks for.
   *
   * @throws WeightsException UNSAFE if it is not one of the few that tensors need
   */
  Global global(String module, String name) {
    String full = module + "." + name;
    boolean harmless =
        Set.of(TENSOR, PARAMETER, TYPED, SIZE, "torch.Tensor", "torch.nn.parameter.Parameter")
                .contains(full)
            || DICTIONARIES.contains(full)
            || STORAGES.containsKey(full);
    if (!harmless) {
      throw new WeightsException(
          Kind.UNSAFE,
          file,
          "its pickle asks for " + shortened(full) + ", which no weights need; nothing was run");
    }
    return new Global(full);
  }

  private static String shortened(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "..." : name;
  }

  /** What a call of an allowed name gives. */
  Object call(Object callable, Object arguments) {
    List<Object> values = list(arguments);
    String name = callable instanceof Global global ? global.name() : "";
    if (DICTIONARIES.contains(name)) {
      return dictionary(values);
    }
    return switch (name) {
      case TENSOR -> view(values);
      case PARAMETER, SIZE -> argument(values, 0);
      case TYPED -> call(argument(values, 0), argument(values, 2));
      default -> throw error("calls " + (name.isEmpty() ? "what is no function" : name));
    };
  }

  private PickleDict dictionary(List<Object> arguments) {
    PickleDict dict = new PickleDict();
    for (Object pair : arguments.isEmpty() ? List.of() : list(arguments.get(0))) {
      List<Object> entry = list(pair);
      if (entry.size() != 2 || !(entry.get(0) instanceof String key)) {
        throw error("makes a dictionary of other than names and values");
      }
      dict.values().put(key, entry.get(1));
    }
    return dict;
  }

  private View view(List<Object> arguments) {
    if (!(argument(arguments, 0) instanceof Storage storage)) {
      throw error("makes a tensor without a storage");
    }
    return new View(
        storage,
        number(argument(arguments, 1)),
        numbers(argument(arguments, 2)),
        numbers(argument(arguments, 3)));
  }

  /** A persistent id: {@code ("storage", class, key, device, elements)}. */
  Storage persistent(Object id) {
    List<Object> values = list(id);
    DType dtype = argument(values, 1) instanceof Global global ? STORAGES.get(global.name()) : null;
    if (!"storage".equals(argument(values, 0)) || dtype == null) {
      throw error("refers to what is no storage");
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
