package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that two readers would understand differently, or that need a later reader. */
class RefusedFilesTest {
  @TempDir Path folder;

  private static Kind kind(Throwable failure) {
    return ((WeightsException) failure).kind();
  }

  @Test
  void twoZipEntriesOfOneName() throws IOException {
    Path path = folder.resolve("twice.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String name : new String[] {"a/data.pkl", "b/data.pkl"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[] {(byte) 0x80, 2, '}', '.'});
      }
    }
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    Files.writeString(path, bytes.replace("b/data.pkl", "a/data.pkl"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": zip entry a/data.pkl occurs twice")
        .satisfies(failure -> assertThat(kind(failure)).isEqualTo(Kind.DUPLICATE));
  }

  @Test
  void namesThatAreNotUtf8() throws IOException {
    byte[] header =
        "{\"caf\u00e9\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).putInt(0);
    Path path = Files.write(folder.resolve("latin.safetensors"), file.array());
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": text that is not UTF-8")
        .satisfies(failure -> assertThat(kind(failure)).isEqualTo(Kind.BAD_STRUCTURE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5", "3.0", "\"3\"", "1e30", "null", "true"})
  void dimensionsThatAreNoWholeNumbers(String dimension) throws IOException {
    Path path = folder.resolve("model.json");
    Files.write(folder.resolve("shard"), new byte[12]);
    Files.writeString(
        path,
        "{\"weightsManifest\":[{\"paths\":[\"shard\"],\"weights\":[{\"name\":\"a\",\"dtype\":"
            + "\"float32\",\"shape\":["
            + dimension
            + "]}]}]}");
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessageStartingWith(path + ": tensor a: a dimension is ")
        .satisfies(failure -> assertThat(kind(failure)).isEqualTo(Kind.BAD_STRUCTURE));
  }

  /** The versions are the last of the first record: producer 1 becomes another note. */
  @ParameterizedTest
  @ValueSource(strings = {"1009", "1801"})
  void checkpointsForOtherReaders(String note) throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path("tf_v1/tiny.ckpt"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = 0;
    while (maskedChecksum(file.slice(0, end + 1)) != file.getInt(end + 1)) {
      end++;
    }
    String first = HexFormat.of().formatHex(bytes, 0, end);
    int at = first.lastIndexOf("12020801") / 2;
    file.put(at + 2, HexFormat.of().parseHex(note));
    file.putInt(end + 1, maskedChecksum(file.slice(0, end + 1)));
    Path path = Files.write(folder.resolve("model.ckpt"), bytes);
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining("reader")
        .satisfies(failure -> assertThat(kind(failure)).isEqualTo(Kind.UNSUPPORTED));
  }

  /** As LevelDB has it. */
  private static int maskedChecksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }
}
