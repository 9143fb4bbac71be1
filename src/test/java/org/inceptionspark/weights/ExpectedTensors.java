package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;

/** What the writers of the fixtures put into each file, and the comparison with what is read. */
public final class ExpectedTensors {
  public record Expected(StoredTensor tensor, String digest, String slim) {}

  private ExpectedTensors() {}

  /** A set of {@code <folder>/expected.tsv}, by stored name. */
  public static Map<String, Expected> set(String folder, String set) {
    Map<String, Expected> tensors = new LinkedHashMap<>();
    Fixtures.lines(folder + "/expected.tsv")
        .map(line -> line.split("\t", -1))
        .filter(cells -> cells[0].equals(set))
        .forEach(
            cells ->
                tensors.put(
                    cells[1],
                    new Expected(
                        new StoredTensor(cells[1], dtype(cells[3]), shape(cells[2])),
                        cells[4],
                        cells[5])));
    assertThat(tensors).isNotEmpty();
    return tensors;
  }

  private static DType dtype(String name) {
    return Arrays.stream(DType.values())
        .filter(type -> type.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Shape shape(String text) {
    return text.isEmpty()
        ? Shape.of()
        : Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  /** Each tensor is there, with its type, shape and the bits of all its values; none besides. */
  public static void assertEqual(WeightsFile file, Map<String, Expected> expected) {
    assertThat(file.tensors())
        .containsExactlyInAnyOrderElementsOf(
            expected.values().stream().map(Expected::tensor).toList());
    for (Expected each : expected.values()) {
      String name = each.tensor.name();
      if (!each.tensor.dtype().toString().startsWith("int")) {
        assertThat(digest(file.read(name))).as(name).isEqualTo(each.digest);
      }
    }
  }

  /** Sixteen digits of the SHA-256 of the values as little-endian float32. */
  public static String digest(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.data());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
