package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.ExifRotation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.jpeg.JpegFile;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEGs decoded as small as the network's input allows, and no smaller. */
class ScaledDecodingTest {
  private static final int SIDE = 40;
  private static final ImageDecoder SCALED =
      new ImageDecoder(Orientation.APPLY, Decoding.SCALED, 10_000_000);

  /** The input shows 40 pixels of 44, of a shorter side of 46 or 45, or of the whole picture. */
  @ParameterizedTest
  @CsvSource({
    "slim, 345, 400, 8", "slim, 344, 350, 4", "slim, 400, 172, 2", "slim, 87, 1000, 2",
    "slim, 86, 90, 1", "slim, 20, 4000, 1", "keras, 313, 313, 8", "keras, 312, 1000, 4",
    "keras, 78, 78, 1", "keras, 159, 80, 2", "torchvision, 361, 900, 8", "torchvision, 360, 900, 4",
    "timm, 353, 360, 8", "timm, 352, 360, 4", "label-image, 156, 160, 2",
        "inception-2015, 157, 160, 4",
  })
  void takesTheLargestCutThatStillFillsTheInput(String name, int width, int height, int divisor)
      throws ImageException {
    byte[] bytes = jpeg(width, height);
    Preprocessing preprocessing = Preprocessing.named(name);
    float[] found = new float[SIDE * SIDE * 3];
    ImageSummary summary = SCALED.decodeInto(bytes, preprocessing, SIDE, SIDE, found, 0);
    assertThat(summary).isEqualTo(new ImageSummary("JPEG", width, height));
    assertThat(Sha256.of(found)).isEqualTo(Sha256.of(expected(bytes, divisor, preprocessing)));
  }

  private static float[] expected(byte[] bytes, int divisor, Preprocessing preprocessing)
      throws ImageException {
    ImageFile file = JpegFile.open(new EncodedBytes(bytes, ImageFormat.JPEG));
    try {
      RgbImage pixels = divisor == 1 ? file.pixels() : file.reduced(divisor).orElseThrow().pixels();
      float[] expected = new float[SIDE * SIDE * 3];
      RgbImage upright = ExifRotation.upright(pixels, file.orientation());
      preprocessing.apply(upright, SIDE, SIDE, expected, 0);
      return expected;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The crop is judged on the upright picture, and kept pixels are those that are read. */
  @Test
  void turnsWhatIsStoredOnItsSide() throws IOException, ImageException {
    byte[] bytes = BatteryFile.resource("jpeg/orientation-6.jpg");
    for (String name : Preprocessing.NAMES) {
      Preprocessing preprocessing = Preprocessing.named(name);
      float[] found = new float[SIDE * SIDE * 3];
      SCALED.decodeInto(bytes, preprocessing, SIDE, SIDE, found, 0);
      assertThat(Sha256.of(found)).as(name).isEqualTo(Sha256.of(expected(bytes, 2, preprocessing)));
    }
  }

  @Test
  void leavesOtherFormatsAndWholePicturesAsTheyAre() throws ImageException {
    RgbImage image = picture(400, 400);
    byte[] png = EncodedImage.png(image).bytes();
    Preprocessing slim = Preprocessing.named("slim");
    float[] expected = new float[SIDE * SIDE * 3];
    float[] found = new float[SIDE * SIDE * 3];
    slim.apply(image, SIDE, SIDE, expected, 0);
    SCALED.decodeInto(png, slim, SIDE, SIDE, found, 0);
    assertThat(Sha256.of(found)).isEqualTo(Sha256.of(expected));
    assertThat(SCALED.decode(jpeg(400, 400)).pixels().width()).isEqualTo(400);
  }

  /** A cut of what is cut off is no picture either. */
  @Test
  void missingPartsAreCorrupt() {
    byte[] bytes = jpeg(400, 400);
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    float[] input = new float[SIDE * SIDE * 3];
    assertThatThrownBy(
            () -> SCALED.decodeInto(half, Preprocessing.named("slim"), SIDE, SIDE, input, 0))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.kind()).isEqualTo(ImageException.Kind.CORRUPT));
    assertThat(input).containsOnly(0);
  }

  private static byte[] jpeg(int width, int height) {
    return EncodedImage.jpeg(picture(width, height), 0.9f).bytes();
  }

  private static RgbImage picture(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    new Random(width).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
