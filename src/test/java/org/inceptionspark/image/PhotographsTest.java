package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real photographs decode to the very pixels that libjpeg-turbo gives (by way of Pillow). */
class PhotographsTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 100_000_000);

  static List<String> quickstart() throws IOException {
    try (InputStream csv = PhotographsTest.class.getResourceAsStream("/photos/quickstart.csv")) {
      return new String(csv.readAllBytes(), UTF_8).lines().skip(1).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("quickstart")
  void ofTheQuickstart(String row) throws IOException, ImageException {
    String[] expected = row.split(",", -1);
    byte[] bytes = Files.readAllBytes(Path.of("src/quickstart/photos", expected[0]));
    DecodedImage decoded = DECODER.decode(bytes);
    assertThat(decoded.format()).isEqualTo("JPEG");
    assertThat(decoded.pixels().width()).isEqualTo(Integer.parseInt(expected[1]));
    assertThat(decoded.pixels().height()).isEqualTo(Integer.parseInt(expected[2]));
    assertThat(Sha256.of(decoded.pixels().rgb())).isEqualTo(expected[3]);
  }

  /** A folder with photographs and a {@code real.json} that has each one's rgb_sha256. */
  @Test
  void ofAFolderThatIsNotForPublication() throws IOException, ImageException {
    String folder = System.getProperty("goldens.photos");
    assumeTrue(folder != null, "give a folder by -Dgoldens.photos=... to check its photographs");
    JsonNode photos =
        new ObjectMapper().readTree(Path.of(folder, "real.json").toFile()).get("photos");
    assertThat(photos).isNotEmpty();
    for (JsonNode photo : photos) {
      String name = photo.get("file").asText();
      RgbImage pixels = DECODER.decode(Files.readAllBytes(Path.of(folder, name))).pixels();
      assertThat(Sha256.of(pixels.rgb())).as(name).isEqualTo(photo.get("rgb_sha256").asText());
      float[] input = new float[299 * 299 * 3];
      Preprocessing.named("slim").apply(pixels, 299, 299, input, 0);
      for (JsonNode sample : photo.get("input_samples")) {
        assertThat(input[sample.get(0).asInt()])
            .as("%s, input %s", name, sample.get(0))
            .isEqualTo((float) sample.get(1).asDouble());
      }
    }
  }
}
