package org.inceptionspark.weights.tensorflow;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The keys under which a V2 checkpoint keeps the slices of a tensor: a number 0, the name, the
 * rank, and start and length of each dimension, in TensorFlow's order-preserving code (its {@code
 * ordered_code.h}).
 */
final class SliceKeys {
  private SliceKeys() {}

  /** The key, each byte one character of ISO 8859-1. */
  static String of(String tensor, List<SliceExtent> slice) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    unsigned(key, 0);
    text(key, tensor);
    unsigned(key, slice.size());
    for (SliceExtent extent : slice) {
      signed(key, extent.start());
      signed(key, extent.length());
    }
    return key.toString(StandardCharsets.ISO_8859_1);
  }

  /** A byte count, then that many bytes, highest first; zero has none. */
  private static void unsigned(ByteArrayOutputStream key, int value) {
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
    key.write(bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      key.write(value >>> 8 * i);
    }
  }

  /** The two bytes that could end or extend the text are escaped. */
  private static void text(ByteArrayOutputStream key, String text) {
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      key.write(each);
      if (each == 0) {
        key.write(0xFF);
      } else if (each == (byte) 0xFF) {
        key.write(0);
      }
    }
    key.write(0);
    key.write(1);
  }

  /**
   * Two's complement, highest byte first; the leading bits count the bytes, inverted if negative.
   */
  private static void signed(ByteArrayOutputStream key, long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    int length = bits / 7 + 1;
    BigInteger lengthBits =
        BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(7 * length);
    byte[] code = BigInteger.valueOf(value).xor(lengthBits).toByteArray();
    byte fill = (byte) (value < 0 ? 0xFF : 0);
    for (int i = length; i > 0; i--) {
      key.write(i > code.length ? fill : code[code.length - i]);
    }
  }
}
