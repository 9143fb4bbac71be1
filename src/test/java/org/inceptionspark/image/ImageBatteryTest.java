package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file of the battery gives the expected pixels or the expected error kind. */
class ImageBatteryTest {
  private static final long MAX_PIXELS = 100_000_000;

  static List<BatteryFile> files() {
    return BatteryFile.all();
  }

  @Test
  void isWhole() {
    assertThat(files()).hasSize(301);
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesWhatIsExpected(BatteryFile file) throws IOException, ImageException {
    RgbImage stored;
    try {
      stored = new ImageDecoder(Orientation.IGNORE, MAX_PIXELS).decode(file.bytes()).pixels();
    } catch (ImageException e) {
      assertThat(file.accepts(e.kind().name())).as("%s: %s", e.kind(), e.getMessage()).isTrue();
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    assertThat(file.accepts("rgb")).as("pixels where an error is due").isTrue();
    if (!file.expected().has("rgb_sha256")) {
      return;
    }
    if (file.expected().path("exact").asBoolean()) {
      assertThat(shaAccepted(file, stored)).as("the pixels' SHA-256 is an expected one").isTrue();
    } else {
      RgbImage reference = reference(file);
      assertThat(psnr(stored, reference)).isGreaterThan(file.expected().get("psnr_db_min").asInt());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isTurnedUpright(BatteryFile file) throws ImageException {
    if (!file.expected().has("upright_sha256")) {
      return;
    }
    RgbImage upright =
        new ImageDecoder(Orientation.APPLY, MAX_PIXELS).decode(file.bytes()).pixels();
    assertThat(upright.width()).isEqualTo(file.expected().get("upright_width").asInt());
    assertThat(upright.height()).isEqualTo(file.expected().get("upright_height").asInt());
    assertThat(Sha256.of(upright.rgb())).isEqualTo(file.expected().get("upright_sha256").asText());
  }

  /** More than the battery asks: libwebp's own samples, chroma and filtered edges included. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "webp/lossy.webp",
        "webp/lossy-alpha.webp",
        "webp/lossy-low-quality-odd.webp",
        "webp/blue-purple-pink.lossy.webp"
      })
  void lossyWebpEqualsLibwebp(String name) throws ImageException {
    BatteryFile file =
        files().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    RgbImage image = new ImageDecoder(Orientation.IGNORE, MAX_PIXELS).decode(file.bytes()).pixels();
    assertThat(Sha256.of(image.rgb())).isEqualTo(file.expected().get("rgb_sha256").asText());
  }

  private static boolean shaAccepted(BatteryFile file, RgbImage image) {
    String sha = Sha256.of(image.rgb());
    return sha.equals(file.expected().get("rgb_sha256").asText())
        || file.texts("also_accepted_rgb_sha256").contains(sha);
  }

  private static RgbImage reference(BatteryFile file) throws IOException, ImageException {
    byte[] png = BatteryFile.resource(file.expected().get("reference").asText());
    RgbImage image = new ImageDecoder(Orientation.IGNORE, MAX_PIXELS).decode(png).pixels();
    assertThat(Sha256.of(image.rgb())).isEqualTo(file.expected().get("rgb_sha256").asText());
    return image;
  }

  private static double psnr(RgbImage image, RgbImage reference) {
    assertThat(image.width()).isEqualTo(reference.width());
    assertThat(image.height()).isEqualTo(reference.height());
    double squares = 0;
    for (int i = 0; i < image.rgb().length; i++) {
      int difference = (image.rgb()[i] & 0xff) - (reference.rgb()[i] & 0xff);
      squares += difference * difference;
    }
    return squares == 0
        ? Double.POSITIVE_INFINITY
        : 10 * Math.log10(255.0 * 255.0 * image.rgb().length / squares);
  }
}
