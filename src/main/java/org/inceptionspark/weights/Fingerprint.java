package org.inceptionspark.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.inceptionspark.tensor.Tensor;

/** Identity of a set of variables: SHA-256 over names, shapes and bits in name order. */
final class Fingerprint {
  private static final int BLOCK = 1 << 14;

  private Fingerprint() {}

  static String of(SortedMap<String, Tensor> variables) {
    MessageDigest digest = sha256();
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, Tensor> variable : variables.entrySet()) {
      String line = variable.getKey() + " " + variable.getValue().shape() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      float[] data = variable.getValue().data();
      for (int from = 0; from < data.length; from += BLOCK) {
        int count = Math.min(BLOCK, data.length - from);
        block.asFloatBuffer().put(data, from, count);
        digest.update(block.array(), 0, count * Float.BYTES);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 over the UTF-8 bytes, as 64 hex digits. */
  static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
