package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that stand for reports from the field: upright, each gives the pixels of Pillow or libwebp,
 * of tifffile for depths and inks that Pillow does not read, or the error that names what it is.
 */
class FieldCasesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 1_000_000);

  static List<MadeFile> files() {
    return MadeFile.of("field-cases.zip");
  }

  @Test
  void areThere() {
    assertThat(files()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("files")
  void giveWhatIsExpected(MadeFile file) {
    assertThat(outcome(file.bytes())).startsWith(file.sha256());
  }

  private static String outcome(byte[] bytes) {
    try {
      RgbImage image = DECODER.decode(bytes).pixels();
      return Sha256.of(image.rgb());
    } catch (ImageException e) {
      return e.kind() + " " + e.getMessage();
    }
  }
}
