package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.StoredOrientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What turns a picture and what does not, as Pillow's {@code exif_transpose} has it: a tag of EXIF,
 * and XMP where there is no such tag. Values by Pillow 13.
 */
class OrientationSourcesTest {
  private static final int SHORT = 3;
  private static final int TAG = 274;
  private static final String XMP_HEADER = "http://ns.adobe.com/xap/1.0/\0";
  private static final String XMP_8 = "<rdf:Description tiff:Orientation=\"8\"/>";

  /** A directory with one entry, a pad of two bytes and then its far values. */
  private static byte[] exif(ByteOrder order, int tag, int type, int count, int value) {
    ByteBuffer tiff = ByteBuffer.allocate(40).order(order);
    tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(ISO_8859_1));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) tag).putShort((short) type).putInt(count);
    if (type == 3 || type == 8) {
      tiff.putShort((short) value);
    } else if (type == 1 || type == 6 || type == 7) {
      tiff.put((byte) value);
    } else {
      tiff.putInt(value);
    }
    return tiff.array();
  }

  private static int of(byte[] exif, String xmp) {
    StoredOrientation stored = new StoredOrientation();
    stored.exif(exif, 0, exif.length);
    stored.xmp(xmp);
    return stored.value();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, 6, 6",
    "4, 1, 6, 6",
    "8, 1, 6, 6",
    "9, 1, 6, 6",
    "6, 1, 6, 6", // whole numbers
    "1, 1, 6, 1",
    "7, 1, 6, 1",
    "2, 1, 6, 1",
    "3, 1, 9, 1",
    "3, 1, 0, 1", // no orientation
    "3, 2, 6, 6", // the first of several
    "0, 1, 6, 8",
    "99, 1, 6, 8",
    "3, 0, 6, 8",
    "4, 9, 6, 8" // no tag: of no type, or not all there
  })
  void tagsOfAllTypes(int type, int count, int value, int expected) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      assertThat(of(exif(order, TAG, type, count, value), XMP_8)).isEqualTo(expected);
    }
  }

  @Test
  void xmpWhereExifHasNoTag() {
    byte[] other = exif(ByteOrder.BIG_ENDIAN, 271, SHORT, 1, 6);
    assertThat(of(other, XMP_8)).isEqualTo(8);
    assertThat(of(other, "<tiff:Orientation>3</tiff:Orientation>")).isEqualTo(3);
    assertThat(of(other, "tiff:Orientation=\"9\" tiff:Orientation=\"6\"")).isEqualTo(1);
    assertThat(of(new byte[0], XMP_8)).isEqualTo(8);
    assertThat(of(exif(ByteOrder.BIG_ENDIAN, TAG, SHORT, 1, 1), XMP_8)).isEqualTo(1);
  }

  @Test
  void cutOffEntriesSayNothing() {
    byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, TAG, SHORT, 1, 6);
    assertThat(of(Arrays.copyOf(exif, 22), "")).isEqualTo(6);
    assertThat(of(Arrays.copyOf(exif, 20), "")).isEqualTo(1);
    exif[2] = 99;
    assertThat(of(exif, "")).isEqualTo(1);
  }

  /** A stored row of a picture goes to a column, or stays one. */
  private static boolean isTurned(byte[] file) throws ImageException {
    byte[] stored = new ImageDecoder(Orientation.IGNORE, 1_000_000).decode(file).pixels().rgb();
    return !Arrays.equals(
        stored, new ImageDecoder(Orientation.APPLY, 1_000_000).decode(file).pixels().rgb());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jpeg(boolean isBeforeTheScan) throws IOException, ImageException {
    byte[] file = battery("jpeg/baseline-420.jpg");
    byte[] segment = segment((XMP_HEADER + XMP_8).getBytes(ISO_8859_1));
    int at = isBeforeTheScan ? 2 : file.length - 2;
    assertThat(isTurned(insert(file, at, segment))).isEqualTo(isBeforeTheScan);
  }

  /** EXIF of more than 64 kB goes on in the next segment. */
  @Test
  void jpegWithExifInTwoPieces() throws IOException, ImageException {
    byte[] file = battery("jpeg/baseline-420.jpg");
    byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, TAG, SHORT, 1, 6);
    byte[] first = segment(concat("Exif\0\0", Arrays.copyOf(exif, 15)));
    byte[] second = segment(concat("Exif\0\0", Arrays.copyOfRange(exif, 15, 40)));
    assertThat(isTurned(insert(file, 2, first))).isFalse();
    assertThat(isTurned(insert(insert(file, 2, second), 2, first))).isTrue();
  }

  @Test
  void webp() throws IOException, ImageException {
    byte[] file = battery("webp/lossless.webp");
    byte[] xmp = XMP_8.getBytes(ISO_8859_1);
    ByteBuffer chunk = ByteBuffer.allocate(8 + xmp.length + (xmp.length & 1));
    chunk.order(ByteOrder.LITTLE_ENDIAN).put("XMP ".getBytes(ISO_8859_1));
    chunk.putInt(xmp.length).put(xmp);
    byte[] longer = insert(file, file.length, chunk.array());
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(4, longer.length - 8);
    assertThat(isTurned(longer)).isTrue();
    assertThat(isTurned(file)).isFalse();
  }

  /** The packet takes the place of a tag that says nothing of pixels. */
  @Test
  void tiff() throws IOException, ImageException {
    byte[] file = battery("tiff/grey.tif");
    byte[] longer = insert(file, file.length, XMP_8.getBytes(ISO_8859_1));
    ByteBuffer tiff = ByteBuffer.wrap(longer);
    tiff.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory);
    int last = directory + 2 + 12 * (entries - 1);
    tiff.putShort(last, (short) 700).putShort(last + 2, (short) 1);
    tiff.putInt(last + 4, XMP_8.length()).putInt(last + 8, file.length);
    assertThat(isTurned(longer)).isTrue();
    assertThat(isTurned(file)).isFalse();
  }

  private static byte[] battery(String name) throws IOException {
    try (InputStream stream = OrientationSourcesTest.class.getResourceAsStream("/images/" + name)) {
      return stream.readAllBytes();
    }
  }

  private static byte[] segment(byte[] data) {
    ByteBuffer segment = ByteBuffer.allocate(4 + data.length);
    return segment.putShort((short) 0xffe1).putShort((short) (2 + data.length)).put(data).array();
  }

  private static byte[] concat(String head, byte[] rest) {
    return insert(rest, 0, head.getBytes(ISO_8859_1));
  }

  private static byte[] insert(byte[] file, int at, byte[] more) {
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(file, 0, at);
    longer.writeBytes(more);
    longer.write(file, at, file.length - at);
    return longer.toByteArray();
  }
}
