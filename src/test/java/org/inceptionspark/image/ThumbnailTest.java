package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.preprocess.BoxFilter;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 1_000_000);

  @Test
  void pixelsAreTheMeanOfWhatTheyCover() {
    byte[] grey = {0, 0, 0, 100, 100, 100, (byte) 200, (byte) 200, (byte) 200};
    RgbImage row = new RgbImage(3, 1, grey);
    // The left one covers the first pixel and half of the second, the right one the rest.
    assertThat(BoxFilter.shrink(row, 2, 1).rgb()).containsExactly(33, 33, 33, 167, 167, 167);
  }

  @Test
  void aPlainPictureStaysPlainAtAnySize() {
    byte[] white = new byte[317 * 211 * 3];
    Arrays.fill(white, (byte) 255);
    for (int longest : new int[] {1, 2, 7, 100, 316, 317}) {
      RgbImage small = Thumbnail.fitted(new RgbImage(317, 211, white), longest);
      assertThat(small.width()).isEqualTo(longest);
      assertThat(small.height()).isEqualTo((int) Math.max(1, Math.round(longest * 211 / 317.0)));
      assertThat(small.rgb()).containsOnly(255);
    }
  }

  @Test
  void smallPicturesKeepTheirSize() {
    RgbImage image = FormulaImage.of("small", 30, 40);
    assertThat(Thumbnail.fitted(image, 240)).isSameAs(image);
  }

  @Test
  void pngKeepsEveryPixel() throws ImageException {
    RgbImage image = FormulaImage.of("png", 23, 37);
    EncodedImage png = EncodedImage.png(image);
    DecodedImage read = DECODER.decode(png.bytes());
    assertThat(png.mediaType()).isEqualTo("image/png");
    assertThat(read.format()).isEqualTo("PNG");
    assertThat(read.pixels().rgb()).isEqualTo(image.rgb());
  }

  @Test
  void aThumbnailIsASmallJpegOfTheSamePicture() throws ImageException {
    RgbImage image = new RgbImage(600, 300, new byte[600 * 300 * 3]);
    Arrays.fill(image.rgb(), 0, image.rgb().length / 2, (byte) 200);
    EncodedImage small = Thumbnail.of(image, 100);
    DecodedImage read = DECODER.decode(small.bytes());
    assertThat(read.format()).isEqualTo("JPEG");
    assertThat(read.pixels().width()).isEqualTo(100).isEqualTo(small.width());
    assertThat(read.pixels().height()).isEqualTo(50).isEqualTo(small.height());
    assertThat((double) (read.pixels().rgb()[50 * 3] & 0xff)).isCloseTo(200, within(4.0));
    assertThat((double) (read.pixels().rgb()[(49 * 100 + 50) * 3] & 0xff))
        .isCloseTo(0, within(4.0));
  }
}
