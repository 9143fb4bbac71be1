package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures whose header says what no reader needs, or says it in an unusual place. */
class HarmlessHeadersTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 1_000_000);

  /** A file of {@code png-cases.zip} and what Pillow makes of it. */
  record Png(String name, byte[] bytes, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Png> palettesAndOrientations() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream file = HarmlessHeadersTest.class.getResourceAsStream("/images/png-cases.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    List<Png> cases = new ArrayList<>();
    JsonNode expected = new ObjectMapper().readTree(files.get("expected.json"));
    expected
        .properties()
        .forEach(
            each ->
                cases.add(
                    new Png(each.getKey(), files.get(each.getKey()), each.getValue().asText())));
    assertThat(cases).hasSizeGreaterThan(50);
    return cases;
  }

  @ParameterizedTest
  @MethodSource
  void palettesAndOrientations(Png png) {
    assertThat(outcome(png.bytes)).isEqualTo(png.expected);
  }

  private static String outcome(byte[] bytes) {
    try {
      RgbImage image = DECODER.decode(bytes).pixels();
      return image.width() + "x" + image.height() + " " + Sha256.of(image.rgb());
    } catch (ImageException e) {
      return "error";
    }
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    ByteBuffer copy = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    return copy.putInt(at, value).array();
  }

  /** Each BMP that Pillow reads gives the same pixels, whatever its sizes claim. */
  @ParameterizedTest
  @MethodSource("bitmaps")
  void sizesOfBitmaps(BatteryFile file) throws ImageException {
    byte[] bytes = file.bytes();
    String pixels = Sha256.of(DECODER.decode(bytes).pixels().rgb());
    List<byte[]> claims = new ArrayList<>();
    for (int size : new int[] {0, 1, 54, bytes.length + 100, Integer.MAX_VALUE, -1}) {
      claims.add(with(bytes, 2, size));
      claims.add(with(bytes, 34, size));
    }
    claims.add(with(bytes, 6, -1));
    claims.add(with(bytes, 38, -1));
    claims.add(with(bytes, 42, -1));
    claims.add(with(bytes, 50, -1));
    if (rowsFollowHeader(bytes)) {
      claims.add(with(bytes, 10, 0));
    }
    for (byte[] claim : claims) {
      assertThat(Sha256.of(DECODER.decode(claim).pixels().rgb())).isEqualTo(pixels);
    }
  }

  /** Fields of OS/2's header that say nothing of the pixels, before colours and rows. */
  @ParameterizedTest
  @MethodSource("bitmaps")
  void longerHeadersOfBitmaps(BatteryFile file) throws ImageException {
    byte[] bytes = file.bytes();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(14) != 40 || header.getInt(30) == 3) {
      return;
    }
    byte[] longer = new byte[bytes.length + 24];
    System.arraycopy(bytes, 0, longer, 0, 54);
    System.arraycopy(bytes, 54, longer, 78, bytes.length - 54);
    byte[] os2 = with(with(longer, 14, 64), 10, header.getInt(10) + 24);
    assertThat(Sha256.of(DECODER.decode(os2).pixels().rgb()))
        .isEqualTo(Sha256.of(DECODER.decode(bytes).pixels().rgb()));
    assertThatThrownBy(() -> DECODER.decode(with(os2, 14, 16)))
        .hasMessage("BMP: header of 16 bytes");
  }

  private static boolean rowsFollowHeader(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int masks = header.getInt(30) == 3 && header.getInt(14) == 40 ? 12 : 0;
    int bits = header.getShort(28);
    int used = header.getInt(46);
    int colours = bits > 8 || used > 0 ? used : 1 << bits;
    return header.getInt(10) == 14 + header.getInt(14) + masks + 4 * colours;
  }

  static List<BatteryFile> bitmaps() {
    return BatteryFile.all().stream()
        .filter(file -> file.name().startsWith("bmp/") && file.accepts("rgb"))
        .filter(
            file -> ByteBuffer.wrap(file.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt(14) >= 40)
        .filter(file -> !outcome(file.bytes()).equals("error"))
        .toList();
  }
}
