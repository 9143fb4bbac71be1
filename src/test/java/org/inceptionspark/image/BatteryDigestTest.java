package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;

/**
 * What all files of the batteries give, turned upright, as one number: the same bits and the same
 * error kinds on every JDK and processor. {@code target/batteries.txt} has a line for each file, to
 * find the one that differs.
 */
class BatteryDigestTest {
  /** Changes only when a decoder is corrected, together with the line of the changelog. */
  private static final String DIGEST =
      "f1cc04a65c50a82fb30b38a430c4c638051a7bb36f8050a2faec19f176723230";

  private static final List<String> ARCHIVES =
      List.of(
          "/images/field-cases.zip",
          "/images/lossless-webp.zip",
          "/images/png-cases.zip",
          "/images/written-tiff.zip",
          "/jpeg/generated.zip");

  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 100_000_000);

  @Test
  void isTheSameEverywhere() throws IOException {
    Map<String, String> outcomes = new TreeMap<>();
    for (BatteryFile file : BatteryFile.all()) {
      outcomes.put(file.name(), outcome(file.bytes()));
    }
    for (String archive : ARCHIVES) {
      addAll(archive, outcomes);
    }
    StringBuilder lines = new StringBuilder();
    outcomes.forEach(
        (name, outcome) -> lines.append(outcome).append("  ").append(name).append('\n'));
    Files.writeString(Path.of("target/batteries.txt"), lines);
    assertThat(Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8)))
        .as("of target/batteries.txt, %s", Runtime.version())
        .isEqualTo(DIGEST);
  }

  private static void addAll(String archive, Map<String, String> outcomes) throws IOException {
    try (InputStream stream = BatteryDigestTest.class.getResourceAsStream(archive);
        ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        outcomes.put(archive + "/" + entry.getName(), outcome(zip.readAllBytes()));
      }
    }
  }

  private static String outcome(byte[] bytes) {
    try {
      RgbImage image = DECODER.decode(bytes).pixels();
      return Sha256.of(image.rgb());
    } catch (ImageException e) {
      return e.kind().name();
    }
  }
}
