package org.inceptionspark.weights.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.inceptionspark.tensor.Tensor;

/** Identity of a set of variables: SHA-256 over names, shapes and bits in name order. */
public final class Fingerprint {
  private static final int BLOCK = 1 << 14;

  private final MessageDigest digest = sha256();
  private final ByteBuffer block =
      ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  public static String of(SortedMap<String, Tensor> variables) {
    Fingerprint fingerprint = new Fingerprint();
    variables.forEach(fingerprint::add);
    return fingerprint.hex();
  }

  /** Adds the next variable; the caller must keep the order of names. */
  public void add(String name, Tensor tensor) {
    digest.update((name + " " + tensor.shape() + "\n").getBytes(StandardCharsets.UTF_8));
    float[] data = tensor.data();
    for (int from = 0; from < data.length; from += BLOCK) {
      int count = Math.min(BLOCK, data.length - from);
      block.asFloatBuffer().put(data, from, count);
      digest.update(block.array(), 0, count * Float.BYTES);
    }
  }

  /** Of all variables so far, as 64 hex digits; once. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 over the UTF-8 bytes, as 64 hex digits. */
  public static String ofText(String text) {
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
