package org.inceptionspark.weights.hdf5;

import java.nio.ByteOrder;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * An HDF5 datatype message.
 *
 * @param size bytes an element takes in the file
 * @param text how strings are stored, NONE for numbers
 */
record Hdf5Type(DType dtype, ByteOrder order, int size, Text text) {
  /** How a string is stored. */
  enum Text {
    NONE,
    FIXED,
    VARIABLE
  }

  private static final int INTEGER = 0;
  private static final int FLOAT = 1;
  private static final int STRING = 3;
  private static final int OPAQUE = 5;
  private static final int ENUM = 8;
  private static final int VARIABLE_LENGTH = 9;

  static Hdf5Type parse(ByteCursor message) {
    int kind = message.u8() & 0x0F;
    int bits = message.u8();
    message.skip(2);
    long size = message.u32();
    if (size > 1 << 20) {
      throw message.error(Kind.BAD_STRUCTURE, "elements of " + size + " bytes");
    }
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int bytes = (int) size;
    return switch (kind) {
      case INTEGER ->
          new Hdf5Type(integer(message, bytes, (bits & 8) != 0), order, bytes, Text.NONE);
      case FLOAT -> new Hdf5Type(floating(message, bytes), order, bytes, Text.NONE);
      case STRING -> new Hdf5Type(DType.STRING, order, bytes, Text.FIXED);
      // Keras writes bfloat16 as opaque elements of two bytes.
      case OPAQUE ->
          new Hdf5Type(
              bytes == 2 ? DType.BFLOAT16 : DType.STRING,
              ByteOrder.LITTLE_ENDIAN,
              bytes,
              Text.NONE);
      case ENUM -> new Hdf5Type(DType.INT8, order, bytes, Text.NONE);
      case VARIABLE_LENGTH -> new Hdf5Type(DType.STRING, order, bytes, Text.VARIABLE);
      default -> throw message.error(Kind.UNSUPPORTED, "HDF5 datatype class " + kind);
    };
  }

  private static DType integer(ByteCursor message, int size, boolean signed) {
    return switch (size) {
      case 1 -> signed ? DType.INT8 : DType.UINT8;
      case 2 -> signed ? DType.INT16 : DType.UINT16;
      case 4 -> signed ? DType.INT32 : DType.UINT32;
      case 8 -> signed ? DType.INT64 : DType.UINT64;
      default -> throw message.error(Kind.UNSUPPORTED, "integers of " + size + " bytes");
    };
  }

  /** Two-byte floats are distinguished by the number of exponent bits. */
  private static DType floating(ByteCursor message, int size) {
    message.skip(5);
    int exponentBits = message.u8();
    return switch (size * 100 + exponentBits) {
      case 205 -> DType.FLOAT16;
      case 208 -> DType.BFLOAT16;
      case 408 -> DType.FLOAT32;
      case 811 -> DType.FLOAT64;
      default ->
          throw message.error(
              Kind.UNSUPPORTED, "floats of " + size + " bytes, exponent of " + exponentBits);
    };
  }
}
