package org.inceptionspark.weights.file;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Element types that weight files hold. Only the floating-point ones become tensors. */
public enum DType {
  FLOAT64(8),
  FLOAT32(4),
  FLOAT16(2),
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  INT16(2),
  INT8(1),
  UINT64(8),
  UINT32(4),
  UINT16(2),
  UINT8(1),
  BOOL(1),
  FLOAT8(1),
  COMPLEX64(8),
  COMPLEX128(16),
  /** Elements of no fixed size. */
  STRING(0);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element takes; 0 if they vary. */
  public int bytes() {
    return bytes;
  }

  /** Whether its values can be weights. */
  public boolean isFloat() {
    return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
  }

  /**
   * Converts {@code count} elements from the buffer's position, in its byte order. Half and
   * bfloat16 widen exactly, double rounds to nearest.
   *
   * @throws IllegalStateException if this is not a floating-point type
   */
  public void decode(ByteBuffer from, float[] to, int offset, int count) {
    switch (this) {
      case FLOAT32 -> from.asFloatBuffer().get(to, offset, count);
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = (float) from.getDouble();
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = Float16.toFloat(from.getShort());
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = Float.intBitsToFloat(from.getShort() << 16);
        }
      }
      default -> throw new IllegalStateException("not a floating-point type: " + this);
    }
  }

  /** As numeric libraries write it: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
