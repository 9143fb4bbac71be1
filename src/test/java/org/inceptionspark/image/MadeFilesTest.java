package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files by cwebp, tiffcp, Pillow and tifffile give the very pixels that were written; {@code
 * make_webp.py} and {@code make_tiff.py} beside them made them.
 */
class MadeFilesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 1_000_000);

  static List<MadeFile> webp() {
    return MadeFile.of("lossless-webp.zip");
  }

  static List<MadeFile> tiff() {
    return MadeFile.of("written-tiff.zip");
  }

  @Test
  void areThere() {
    assertThat(webp()).hasSize(60);
    assertThat(tiff()).hasSize(71);
  }

  @ParameterizedTest
  @MethodSource({"webp", "tiff"})
  void equalWhatWasWritten(MadeFile file) throws ImageException {
    RgbImage image = DECODER.decode(file.bytes()).pixels();
    assertThat(Sha256.of(image.rgb())).isEqualTo(file.sha256());
  }

  /** Lossless data has no checksum, but nothing behind its last pixel either. */
  @ParameterizedTest
  @MethodSource("webp")
  void webpThatIsCutOffIsCorrupt(MadeFile file) throws ImageException {
    // Ten bytes of chunk headers and sizes must stay; the length in them is that of the cut file.
    for (int length = 26; length < file.bytes().length - 2; length += 1 + length / 9) {
      byte[] cut = Arrays.copyOf(file.bytes(), length);
      cut[4] = (byte) (length - 8);
      cut[5] = (byte) ((length - 8) >> 8);
      cut[16] = (byte) (length - 20);
      cut[17] = (byte) ((length - 20) >> 8);
      assertThatThrownBy(() -> DECODER.decode(cut))
          .as("%d of %d bytes", length, file.bytes().length)
          .isInstanceOfSatisfying(
              ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }
  }
}
