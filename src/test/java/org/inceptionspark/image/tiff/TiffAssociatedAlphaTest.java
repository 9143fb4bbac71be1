package org.inceptionspark.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.tiff.TiffCase.Layout;
import org.inceptionspark.image.tiff.TiffCase.Model;
import org.inceptionspark.image.tiff.TiffCase.Packing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours that a writer multiplied by alpha are those of Pillow's modes RGBa and La. */
class TiffAssociatedAlphaTest {
  private static final int EXTRA_SAMPLES = 338;
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 1_000_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void isDividedOut(int bits) throws ImageException {
    for (Model model : List.of(Model.RGB_ALPHA, Model.GREY_ALPHA)) {
      for (Layout layout : Layout.all()) {
        for (Packing packing : List.of(Packing.NONE, Packing.LZW_PREDICTED)) {
          TiffCase picture = TiffCase.random(model, bits, layout, packing, bits);
          byte[] file = TiffPatch.with(TiffWriter.write(picture), EXTRA_SAMPLES, 1);
          assertThat(DECODER.decode(file).pixels().rgb())
              .as("%s", picture)
              .isEqualTo(divided(picture));
        }
      }
    }
  }

  private static byte[] divided(TiffCase picture) {
    int samples = picture.model().samples;
    byte[] rgb = new byte[3 * picture.width() * picture.height()];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3 * samples;
      int colour = level(picture, pixel + (samples == 4 ? i % 3 : 0));
      int alpha = level(picture, pixel + samples - 1);
      rgb[i] = (byte) (alpha == 0 ? 0 : Math.min(255, 255 * colour / alpha));
    }
    return rgb;
  }

  private static int level(TiffCase picture, int sample) {
    int value = picture.samples()[sample];
    int bits = picture.bits();
    return bits > 8 ? value >> (bits - 8) : value * 255 / ((1 << bits) - 1);
  }
}
