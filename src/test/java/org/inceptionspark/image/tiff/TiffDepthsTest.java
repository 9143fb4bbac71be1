package org.inceptionspark.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.tiff.TiffCase.Layout;
import org.inceptionspark.image.tiff.TiffCase.Model;
import org.inceptionspark.image.tiff.TiffCase.Packing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every depth of every colour model in every layout and packing is right to one level, or refused
 * by its name.
 */
class TiffDepthsTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 1_000_000);

  @ParameterizedTest
  @EnumSource
  void areRightOrRefusedByName(Model model) throws ImageException {
    SplittableRandom seeds = new SplittableRandom(model.ordinal());
    for (int bits : depths()) {
      for (Layout layout : Layout.all()) {
        for (Packing packing : Packing.values()) {
          check(TiffCase.random(model, bits, layout, packing, seeds.nextLong()));
        }
      }
    }
  }

  private static List<Integer> depths() {
    List<Integer> depths = new ArrayList<>();
    for (int bits = 1; bits <= 16; bits++) {
      depths.add(bits);
    }
    depths.add(32);
    return depths;
  }

  private static boolean isRead(TiffCase picture) {
    return switch (picture.model()) {
      case LAB -> false;
      case YCBCR -> picture.bits() == 8;
      default -> picture.bits() <= 16;
    };
  }

  private static void check(TiffCase picture) throws ImageException {
    byte[] file = TiffWriter.write(picture);
    if (!isRead(picture)) {
      assertThatThrownBy(() -> DECODER.decode(file))
          .as("%s", picture)
          .isInstanceOfSatisfying(
              ImageException.class,
              e -> assertThat(e.kind()).as("%s", e).isEqualTo(Kind.UNSUPPORTED_FORMAT))
          .hasMessageContaining("TIFF: " + picture.model().title)
          .hasMessageContaining(picture.bits() + " bits");
      return;
    }
    RgbImage image = DECODER.decode(file).pixels();
    assertThat(image.width()).isEqualTo(picture.width());
    assertThat(image.height()).isEqualTo(picture.height());
    for (int pixel = 0; pixel < picture.width() * picture.height(); pixel++) {
      double[] expected = picture.rgb(pixel);
      for (int i = 0; i < 3; i++) {
        double wanted = Math.max(0, Math.min(255, expected[i]));
        int found = image.rgb()[3 * pixel + i] & 0xff;
        if (Math.abs(found - wanted) > 1.0) {
          throw new AssertionError(
              picture + ": pixel " + pixel + " channel " + i + " is " + found + ", not " + wanted);
        }
      }
    }
  }
}
