package org.inceptionspark.image.jpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.inceptionspark.image.Sha256;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.junit.jupiter.api.Test;

/**
 * Samplings x sizes x qualities x restarts, baseline and progressive, with scans left out and with
 * coefficients out of range, whole and at 1/2, 1/4 and 1/8 of the size, against libjpeg-turbo's
 * very pixels ({@code make_jpegs.py}).
 */
class GeneratedJpegTest {
  @Test
  void givesThePixelsOfLibjpegTurbo() throws IOException, ImageException {
    Map<String, byte[]> files = files();
    List<String> rows = text("expected.csv").lines().skip(1).toList();
    assertThat(rows).hasSizeGreaterThan(150).hasSameSizeAs(files.keySet());
    for (String row : rows) {
      String[] expected = row.split(",");
      byte[] jpeg = files.get(expected[0]);
      JpegFile file = JpegFile.open(new EncodedBytes(jpeg, ImageFormat.JPEG));
      assertThat(Sha256.of(file.pixels().rgb())).as(expected[0]).isEqualTo(expected[1]);
      for (int i = 1; i <= 3; i++) {
        int divisor = 1 << i;
        ImageFile smaller = file.reduced(divisor).orElseThrow();
        assertThat(Sha256.of(smaller.pixels().rgb()))
            .as("%s at 1/%d", expected[0], divisor)
            .isEqualTo(expected[1 + i]);
      }
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream stream = GeneratedJpegTest.class.getResourceAsStream("/jpeg/" + name)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream stream = GeneratedJpegTest.class.getResourceAsStream("/jpeg/generated.zip");
        ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
