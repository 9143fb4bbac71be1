package org.inceptionspark.weights.onnx;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.TensorEntry;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * An initializer of an ONNX graph.
 *
 * @param values little-endian raw values, or packed ones of the type's own list
 */
record OnnxTensor(String file, StoredTensor tensor, ByteCursor values) implements TensorEntry {
  private static final int EXTERNAL = 1;

  /** TensorProto: dims (1), data_type (2), lists (4, 10), name (8), raw_data (9), location (14). */
  static OnnxTensor parse(ByteCursor message) {
    List<Long> dimensions = new ArrayList<>();
    int type = 0;
    String name = "";
    ByteCursor values = null;
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          ByteCursor sizes = in.numbers();
          while (sizes.remaining() > 0) {
            dimensions.add(sizes.varint());
          }
        }
        case 2 -> type = in.int32();
        case 8 -> name = in.string();
        case 4, 9, 10 -> values = in.numbers();
        case 14 -> {
          if (in.varint() == EXTERNAL) {
            throw message.error(Kind.UNSUPPORTED, "values in another file").about(name);
          }
        }
        default -> in.skip();
      }
    }
    DType dtype = dtype(message, name, type);
    return new OnnxTensor(
        message.file(),
        new StoredTensor(name, dtype, StoredShapes.of(message.file(), name, dimensions)),
        values);
  }

  private static DType dtype(ByteCursor message, String name, int type) {
    return switch (type) {
      case 1 -> DType.FLOAT32;
      case 2 -> DType.UINT8;
      case 3 -> DType.INT8;
      case 4 -> DType.UINT16;
      case 5 -> DType.INT16;
      case 6 -> DType.INT32;
      case 7 -> DType.INT64;
      case 8 -> DType.STRING;
      case 9 -> DType.BOOL;
      case 10 -> DType.FLOAT16;
      case 11 -> DType.FLOAT64;
      case 12 -> DType.UINT32;
      case 13 -> DType.UINT64;
      case 14 -> DType.COMPLEX64;
      case 15 -> DType.COMPLEX128;
      case 16 -> DType.BFLOAT16;
      case 17, 18, 19, 20 -> DType.FLOAT8;
      default -> throw message.error(Kind.UNSUPPORTED, "unknown element type " + type).about(name);
    };
  }

  /** The values as float32. */
  float[] floats() {
    int elements = tensor.shape().elements();
    long needed = (long) elements * tensor.dtype().bytes();
    int found = values == null ? 0 : values.rewound().remaining();
    if (found != needed) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, file, "the shape needs " + needed + " bytes, found " + found);
    }
    float[] floats = new float[elements];
    if (elements > 0) {
      tensor.dtype().decode(values.rewound().buffer(), floats, 0, elements);
    }
    return floats;
  }
}
