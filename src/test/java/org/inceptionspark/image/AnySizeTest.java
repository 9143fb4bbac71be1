package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;

/**
 * JPEGs of any size, baseline and progressive, stored in any orientation, for inputs of any size:
 * keeping only the pixels that preprocessing reads gives the bits of keeping all.
 */
class AnySizeTest {
  private static final int ROUNDS = 80;
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 100_000_000);

  @Test
  void keepsEveryBitOfEveryPreprocessing() throws IOException, ImageException {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      int width = 1 + random.nextInt(round % 4 == 0 ? 1500 : 400);
      int height = 1 + random.nextInt(round % 4 == 1 ? 1500 : 400);
      int orientation = 1 + random.nextInt(8);
      int side = random.nextBoolean() ? 299 : 1 + random.nextInt(320);
      byte[] bytes = upright(jpeg(width, height, random), orientation);
      RgbImage whole = DECODER.decode(bytes).pixels();
      for (String name : Preprocessing.NAMES) {
        Preprocessing preprocessing = Preprocessing.named(name);
        float[] expected = new float[side * side * 3];
        float[] found = new float[side * side * 3];
        preprocessing.apply(whole, side, side, expected, 0);
        DECODER.decodeInto(bytes, preprocessing, side, side, found, 0);
        assertThat(Sha256.of(found))
            .as(
                "%s of %d x %d, orientation %d, to %d (round %d)",
                name, width, height, orientation, side, round)
            .isEqualTo(Sha256.of(expected));
      }
    }
  }

  private static byte[] jpeg(int width, int height, RandomGenerator random) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int noise = 1 + random.nextInt(64);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = (x * 255 / width + random.nextInt(noise)) & 0xff;
        picture.setRGB(x, y, level << 16 | (y * 255 / height) << 8 | random.nextInt(noise));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(
        random.nextBoolean() ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With an EXIF segment that says so. */
  private static byte[] upright(byte[] jpeg, int orientation) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 36);
    file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 34);
    file.put("Exif\0\0MM\0*".getBytes(US_ASCII)).putInt(8).putShort((short) 1);
    file.putShort((short) 274).putShort((short) 3).putInt(1);
    file.putShort((short) orientation).putShort((short) 0).putInt(0);
    return file.put(jpeg, 2, jpeg.length - 2).array();
  }
}
