package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** TensorFlow's numbers for element types and its messages for shapes. */
final class TensorFlowTypes {
  /** Added to a type's number for reference variables. */
  private static final int REFERENCE = 100;

  private TensorFlowTypes() {}

  /**
   * The type of a DataType number.
   *
   * @throws WeightsException UNSUPPORTED if it is not a type that can be stored
   */
  static DType dtype(String file, String tensor, int number) {
    return switch (number > REFERENCE ? number - REFERENCE : number) {
      case 1 -> DType.FLOAT32;
      case 2 -> DType.FLOAT64;
      case 3, 13 -> DType.INT32;
      case 4, 12 -> DType.UINT8;
      case 5, 15 -> DType.INT16;
      case 6, 11 -> DType.INT8;
      case 7 -> DType.STRING;
      case 8 -> DType.COMPLEX64;
      case 9 -> DType.INT64;
      case 10 -> DType.BOOL;
      case 14 -> DType.BFLOAT16;
      case 16, 17 -> DType.UINT16;
      case 18 -> DType.COMPLEX128;
      case 19 -> DType.FLOAT16;
      case 22 -> DType.UINT32;
      case 23 -> DType.UINT64;
      case 24, 25 -> DType.FLOAT8;
      default ->
          throw new WeightsException(Kind.UNSUPPORTED, file, "unknown element type " + number)
              .about(tensor);
    };
  }

  /** TensorShapeProto: the sizes in field 2, each a message with the size in field 1. */
  static List<Long> dimensions(ByteCursor shape) {
    List<Long> dimensions = new ArrayList<>();
    ProtoReader in = new ProtoReader(shape);
    while (in.next()) {
      if (in.field() == 2) {
        dimensions.add(dimension(in.message()));
      } else {
        in.skip();
      }
    }
    return dimensions;
  }

  private static long dimension(ByteCursor message) {
    long size = 0;
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      if (in.field() == 1) {
        size = in.varint();
      } else {
        in.skip();
      }
    }
    return size;
  }
}
