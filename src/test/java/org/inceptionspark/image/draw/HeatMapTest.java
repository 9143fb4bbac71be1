package org.inceptionspark.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final Region PLACE = new Region(20, 10, 60, 30);
  private static final HeatMap MAP =
      new HeatMap(1, 2, new float[] {-1, 4}, PLACE, new Region(10, 10, 70, 30));

  @Test
  void valuesStandAtTheCentresOfTheirCellsAndGoStraightBetween() {
    assertThat(MAP.at(30, 20)).isEqualTo(-1);
    assertThat(MAP.at(50, 20)).isEqualTo(4);
    assertThat(MAP.at(40, 20)).isEqualTo(1.5);
    assertThat(MAP.at(45, 12)).isEqualTo(2.75);
    assertThat(MAP.at(12, 20)).as("beyond the outer centre").isEqualTo(-1);
  }

  @Test
  void movesWithThePicture() {
    HeatMap half = MAP.scaled(0.5);
    assertThat(half.at(22.5, 6)).isCloseTo(MAP.at(45, 12), within(1e-9));
  }

  @Test
  void coloursOnlyWhatWasSeenAndDrawsALineAtHalf() {
    byte[] rgb = new byte[80 * 40 * 3];
    Arrays.fill(rgb, (byte) 100);
    RgbImage over = MAP.over(new RgbImage(80, 40, rgb));
    assertThat(pixel(over, 5, 20)).as("left of what was seen").isEqualTo(0x646464);
    assertThat(pixel(over, 40, 5)).as("above what was seen").isEqualTo(0x646464);
    assertThat(pixel(over, 12, 20)).isEqualTo(Viridis.mix(0x646464, 0x440154, 0.6));
    assertThat(pixel(over, 65, 20)).isEqualTo(Viridis.mix(0x646464, 0xfde725, 0.6));
    // Half of 4 is reached at x = 42.
    assertThat(pixel(over, 42, 20)).isEqualTo(0xffffff);
    assertThat(pixel(over, 44, 20)).isNotEqualTo(0xffffff);
    assertThat(pixel(over, 40, 20)).isNotEqualTo(0xffffff);
  }

  @Test
  void coloursGetLighterWithTheValueWithoutFail() {
    double last = -1;
    for (int i = 0; i <= 1000; i++) {
      int colour = Viridis.colour(i / 1000.0);
      double light =
          0.2126 * linear(colour >> 16 & 0xff)
              + 0.7152 * linear(colour >> 8 & 0xff)
              + 0.0722 * linear(colour & 0xff);
      // Colours are whole numbers: a step may go back by less than one of 255.
      assertThat(light).as("at %d of 1000", i).isGreaterThan(last - 0.002);
      last = Math.max(last, light);
    }
    assertThat(last).isGreaterThan(0.7);
  }

  @Test
  void aPosterHasTheWordsAndTheWholePicture() throws ImageException {
    RgbImage picture = new RgbImage(500, 300, new byte[500 * 300 * 3]);
    HeatMap map = new HeatMap(1, 1, new float[] {1}, whole(500, 300), whole(500, 300));
    HeatMapPoster poster = new HeatMapPoster("tabby cat 0.98", List.of("logit 7"), "scale");
    EncodedImage png = poster.draw(picture, map);
    RgbImage read = new ImageDecoder(Orientation.APPLY, 1_000_000).decode(png.bytes()).pixels();
    assertThat(read.width()).isEqualTo(500 + 32);
    assertThat(read.height()).isGreaterThan(300 + 100);
    assertThat(pixel(read, 16 + 250, 200)).isEqualTo(Viridis.mix(0, 0xfde725, 0.6));
    HeatMapPoster other = new HeatMapPoster("tabby dog 0.98", List.of("logit 7"), "scale");
    assertThat(other.draw(picture, map).bytes()).isNotEqualTo(png.bytes());
  }

  private static Region whole(int width, int height) {
    return new Region(0, 0, width, height);
  }

  private static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static int pixel(RgbImage image, int x, int y) {
    int at = (y * image.width() + x) * 3;
    byte[] rgb = image.rgb();
    return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
  }
}
