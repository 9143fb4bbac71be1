package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding straight into an input gives the bits of decoding and then preprocessing. */
class DecodeIntoTest {
  private static final int OFFSET = 7;

  static List<BatteryFile> files() {
    return BatteryFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void keepsEveryBit(BatteryFile file) throws ImageException {
    for (Orientation orientation : Orientation.values()) {
      ImageDecoder decoder = new ImageDecoder(orientation, 100_000_000);
      for (int side : new int[] {299, 40}) {
        compare(decoder, file.bytes(), side);
      }
    }
  }

  private static void compare(ImageDecoder decoder, byte[] bytes, int side) throws ImageException {
    Preprocessing slim = Preprocessing.named("slim");
    float[] expected = filled(side);
    float[] actual = filled(side);
    DecodedImage decoded;
    try {
      decoded = decoder.decode(bytes);
    } catch (ImageException e) {
      assertThatThrownBy(() -> decoder.decodeInto(bytes, slim, side, side, actual, OFFSET))
          .isInstanceOf(ImageException.class)
          .hasMessage(e.getMessage());
      assertThat(Sha256.of(actual)).as("left alone").isEqualTo(Sha256.of(expected));
      return;
    }
    slim.apply(decoded.pixels(), side, side, expected, OFFSET);
    ImageSummary summary = decoder.decodeInto(bytes, slim, side, side, actual, OFFSET);
    assertThat(summary)
        .isEqualTo(
            new ImageSummary(
                decoded.format(), decoded.pixels().width(), decoded.pixels().height()));
    assertThat(Sha256.of(actual)).isEqualTo(Sha256.of(expected));
  }

  private static float[] filled(int side) {
    float[] values = new float[side * side * 3 + OFFSET + 3];
    Arrays.fill(values, 7f);
    return values;
  }
}
