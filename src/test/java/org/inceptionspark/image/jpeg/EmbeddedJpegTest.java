package org.inceptionspark.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.JpegColours;
import org.junit.jupiter.api.Test;

/** JPEGs inside another format: tables apart, and colours as that format says. */
class EmbeddedJpegTest {
  @Test
  void tablesMayComeApart() throws IOException, ImageException {
    byte[] whole = file("baseline-420");
    ByteArrayOutputStream tables = start();
    ByteArrayOutputStream stream = start();
    int at = 2;
    while ((whole[at + 1] & 0xff) != 0xda) {
      int length = 2 + ((whole[at + 2] & 0xff) << 8 | whole[at + 3] & 0xff);
      boolean isTable = (whole[at + 1] & 0xff) == 0xc4 || (whole[at + 1] & 0xff) == 0xdb;
      (isTable ? tables : stream).write(whole, at, length);
      at += length;
    }
    tables.write(0xff);
    tables.write(0xd9);
    stream.write(whole, at, whole.length - at);
    EmbeddedJpeg jpeg = EmbeddedJpeg.open(bytes(stream.toByteArray()), bytes(tables.toByteArray()));
    assertThat(jpeg.samples(JpegColours.YCBCR))
        .isEqualTo(JpegFile.open(bytes(whole)).pixels().rgb());
  }

  @Test
  void samplesStayAsStored() throws IOException, ImageException {
    EmbeddedJpeg grey = EmbeddedJpeg.open(bytes(file("gray")));
    byte[] samples = grey.samples(JpegColours.GREY);
    byte[] rgb = JpegFile.open(bytes(file("gray"))).pixels().rgb();
    assertThat(samples).hasSize(grey.width() * grey.height());
    for (int i = 0; i < samples.length; i++) {
      assertThat(samples[i]).isEqualTo(rgb[3 * i]);
    }
    byte[] inks = EmbeddedJpeg.open(bytes(file("cmyk-adobe-inverted"))).samples(JpegColours.CMYK);
    byte[] multiplied = JpegFile.open(bytes(file("cmyk-adobe-inverted"))).pixels().rgb();
    for (int i = 0; i < multiplied.length; i++) {
      int ink = inks[i / 3 * 4 + i % 3] & 0xff;
      int key = inks[i / 3 * 4 + 3] & 0xff;
      assertThat(multiplied[i]).isEqualTo((byte) ((ink * key + 127) / 255));
    }
  }

  private static ByteArrayOutputStream start() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0xff);
    bytes.write(0xd8);
    return bytes;
  }

  private static EncodedBytes bytes(byte[] array) {
    return new EncodedBytes(array, ImageFormat.JPEG);
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream stream =
        EmbeddedJpegTest.class.getResourceAsStream("/images/jpeg/" + name + ".jpg")) {
      return stream.readAllBytes();
    }
  }
}
