package org.inceptionspark.weights.tensorflow;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.Float16;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** The values of a TensorProto message: raw bytes, or one of its typed lists. */
public final class TensorProto {
  /** The meaning of a list that is shorter than the shape. */
  enum ShortList {
    /** The file is damaged: checkpoints. */
    REFUSE,
    /** The last value fills the rest: constants of a graph. */
    REPEAT_LAST
  }

  /** A filled constant of more elements than this is not a weight but an attack on memory. */
  private static final int LARGEST_FILL = 1 << 24;

  private static final int CONTENT = 4;
  private static final int FLOATS = 5;
  private static final int DOUBLES = 6;
  private static final int HALVES = 13;

  private TensorProto() {}

  /**
   * Reads {@code elements} values.
   *
   * @param dtype a floating-point type; a checkpoint keeps it outside the message
   */
  static float[] floats(ByteCursor message, DType dtype, int elements, ShortList shortList) {
    int available = message.remaining();
    if (elements > available && (shortList == ShortList.REFUSE || elements > LARGEST_FILL)) {
      throw message.error(
          Kind.BAD_STRUCTURE,
          "the shape needs " + elements + " values, but only " + available + " bytes are there");
    }
    float[] values = new float[elements];
    int count = 0;
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case CONTENT -> {
          ByteCursor content = in.message();
          if (content.remaining() > 0) {
            count = content(content, dtype, values);
          }
        }
        case FLOATS -> count = list(in.numbers(), dtype, DType.FLOAT32, values, count);
        case DOUBLES -> count = list(in.numbers(), dtype, DType.FLOAT64, values, count);
        case HALVES -> count = halves(in.numbers(), dtype, values, count);
        default -> in.skip();
      }
    }
    return filled(values, count, shortList, message);
  }

  private static int content(ByteCursor content, DType dtype, float[] values) {
    long needed = (long) values.length * dtype.bytes();
    if (content.remaining() != needed) {
      throw content.error(
          Kind.BAD_STRUCTURE, "the shape needs " + needed + " bytes, found " + content.remaining());
    }
    dtype.decode(content.buffer().order(ByteOrder.LITTLE_ENDIAN), values, 0, values.length);
    return values.length;
  }

  private static int list(
      ByteCursor numbers, DType dtype, DType stored, float[] values, int count) {
    int more = numbers.remaining() / stored.bytes();
    boolean whole = numbers.remaining() % stored.bytes() == 0;
    if (dtype != stored || !whole || more > values.length - count) {
      throw numbers.error(
          Kind.BAD_STRUCTURE,
          "a list of "
              + more
              + " "
              + stored
              + " values in a "
              + dtype
              + " tensor of "
              + values.length);
    }
    stored.decode(numbers.buffer(), values, count, more);
    return count + more;
  }

  /** Half and bfloat16 patterns are written as integers of variable length. */
  private static int halves(ByteCursor numbers, DType dtype, float[] values, int count) {
    int filled = count;
    while (numbers.remaining() > 0) {
      short bits = (short) numbers.varint();
      if (filled == values.length || dtype.bytes() != 2) {
        throw numbers.error(
            Kind.BAD_STRUCTURE, "more half values than a " + dtype + " tensor of " + values.length);
      }
      values[filled++] =
          dtype == DType.FLOAT16 ? Float16.toFloat(bits) : Float.intBitsToFloat(bits << 16);
    }
    return filled;
  }

  private static float[] filled(
      float[] values, int count, ShortList shortList, ByteCursor message) {
    if (count < values.length) {
      if (shortList == ShortList.REFUSE || count == 0) {
        throw message.error(
            Kind.BAD_STRUCTURE, "the shape needs " + values.length + " values, found " + count);
      }
      Arrays.fill(values, count, values.length, values[count - 1]);
    }
    return values;
  }
}
