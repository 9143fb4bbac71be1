package org.inceptionspark.weights.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * A safetensors file: the length of a JSON header, the header, then the tensors' bytes without gaps
 * or overlaps.
 */
public final class SafetensorsFile implements WeightsFile {
  private static final int LENGTH_BYTES = 8;
  private static final int HEADER_MARK = '{';

  /** A length above this is not a length, whatever follows it. */
  private static final long LONGEST_HEADER = 1L << 40;

  private static final String METADATA = "__metadata__";

  private record Entry(StoredTensor tensor, long begin, long end) implements TensorEntry {}

  private final String file;
  private final ByteCursor data;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(ByteCursor data) {
    this.file = data.file();
    this.data = data;
  }

  /** Whether the file starts with a length and an object. */
  public static boolean matches(ByteCursor bytes) {
    if (bytes.remaining() <= LENGTH_BYTES) {
      return false;
    }
    ByteCursor start = bytes.window(0, LENGTH_BYTES + 1L);
    long length = start.i64();
    return length > 0 && length < LONGEST_HEADER && start.u8() == HEADER_MARK;
  }

  public static SafetensorsFile open(ByteCursor bytes) {
    ByteCursor header = bytes.take(bytes.i64());
    SafetensorsFile opened = new SafetensorsFile(bytes.take(bytes.remaining()));
    JsonNode tensors = JsonDocuments.parse(header);
    tensors
        .path(METADATA)
        .properties()
        .forEach(each -> opened.metadata.put(each.getKey(), each.getValue().asText()));
    tensors
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().equals(METADATA)) {
                opened.add(each.getKey(), each.getValue());
              }
            });
    opened.checkCoverage();
    return opened;
  }

  /** What the writer noted beside the tensors. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private void add(String name, JsonNode json) {
    try {
      List<Long> dimensions = new ArrayList<>();
      json.path("shape").forEach(each -> dimensions.add(number(each)));
      JsonNode offsets = json.path("data_offsets");
      if (!json.path("shape").isArray() || offsets.size() != 2) {
        throw error(Kind.BAD_STRUCTURE, "without a shape or two data_offsets");
      }
      DType dtype = dtype(json.path("dtype").asText());
      Shape shape = StoredShapes.of(file, name, dimensions);
      Entry entry =
          new Entry(
              new StoredTensor(name, dtype, shape), number(offsets.get(0)), number(offsets.get(1)));
      long needed = (long) shape.elements() * dtype.bytes();
      if (entry.begin < 0 || entry.end - entry.begin != needed) {
        throw error(
            Kind.BAD_STRUCTURE,
            "shape "
                + shape
                + " of "
                + dtype
                + " needs "
                + needed
                + " bytes, the range is "
                + entry.begin
                + " to "
                + entry.end);
      }
      entries.put(name, entry);
    } catch (WeightsException e) {
      throw e.about(name);
    }
  }

  private long number(JsonNode json) {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw error(Kind.BAD_STRUCTURE, "a size or offset is " + json);
    }
    return json.asLong();
  }

  private DType dtype(String name) {
    return switch (name) {
      case "F64" -> DType.FLOAT64;
      case "F32" -> DType.FLOAT32;
      case "F16" -> DType.FLOAT16;
      case "BF16" -> DType.BFLOAT16;
      case "I64" -> DType.INT64;
      case "I32" -> DType.INT32;
      case "I16" -> DType.INT16;
      case "I8" -> DType.INT8;
      case "U64" -> DType.UINT64;
      case "U32" -> DType.UINT32;
      case "U16" -> DType.UINT16;
      case "U8" -> DType.UINT8;
      case "BOOL" -> DType.BOOL;
      case "F8_E4M3", "F8_E5M2" -> DType.FLOAT8;
      default -> throw error(Kind.UNSUPPORTED, "unknown dtype " + name);
    };
  }

  /** The ranges in order must be the whole of the data. */
  private void checkCoverage() {
    long end = 0;
    List<Entry> sorted =
        entries.values().stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    for (Entry entry : sorted) {
      if (entry.begin != end) {
        throw error(
                Kind.BAD_STRUCTURE,
                "its bytes begin at " + entry.begin + ", those before it end at " + end)
            .about(entry.tensor.name());
      }
      end = entry.end;
    }
    if (end != data.remaining()) {
      throw error(
          end > data.remaining() ? Kind.TRUNCATED : Kind.BAD_STRUCTURE,
          "the tensors take " + end + " bytes, the file has " + data.remaining());
    }
  }

  private WeightsException error(Kind kind, String detail) {
    return new WeightsException(kind, file, detail);
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.SAFETENSORS;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(entries);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(file, entries, name, this::values);
  }

  private float[] values(Entry entry) {
    float[] values = new float[entry.tensor.elements()];
    ByteCursor stored = data.window(entry.begin, entry.end - entry.begin);
    entry.tensor.dtype().decode(stored.buffer(), values, 0, values.length);
    return values;
  }

  @Override
  public void close() {}
}
