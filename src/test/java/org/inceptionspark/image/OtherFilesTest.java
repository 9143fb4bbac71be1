package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that lie among pictures but are not read: the error says what they are. */
class OtherFilesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 1_000_000);
  private static final String DOCTYPE =
      "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\" [<!ENTITY a \"b>\">]>";

  private static String brands(String major, String... others) {
    String all = String.join("", others);
    return "\0\0\0" + (char) (16 + all.length()) + "ftyp" + major + "\0\0\0\0" + all;
  }

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments("<?xml version=\"1.0\"?>\n<!-- Inkscape -->\n<svg width=\"10\"/>", "SVG"),
        arguments("<?xml version=\"1.0\"?>" + DOCTYPE + "<svg/>", "SVG"),
        arguments("\u00ef\u00bb\u00bf\n<svg:svg xmlns:svg=\"\"/>", "SVG"),
        arguments(DOCTYPE + "\n<SVG>", "SVG"),
        arguments(brands("mif1", "mif1", "avif", "miaf"), "AVIF"),
        arguments(brands("avis", "msf1", "hevc"), "AVIF"),
        arguments(brands("mif1", "heic"), "HEIC"),
        arguments(brands("heic", "mif1", "avif"), "HEIC"),
        arguments(brands("msf1", "msf1", "hevc"), "HEIC"),
        arguments(brands("mif1", "miaf"), "HEIF"),
        arguments(brands("crx ", "crx ", "isom"), "camera raw (Canon CR3)"),
        arguments("II*\0\u0010\0\0\0CR\u0002\0", "camera raw (Canon CR2)"),
        arguments("IIRO\b\0\0\0", "camera raw (Olympus ORF)"),
        arguments("IIU\0\u0018\0\0\0", "camera raw (Panasonic RW2)"),
        arguments("FUJIFILMCCD-RAW 0201", "camera raw (Fujifilm RAF)"),
        arguments("\0".repeat(128) + "DICM", "DICOM"),
        arguments("II\u00bc\u0001 \0\0\0", "JPEG XR"),
        arguments("\u00ff\u00d8\u00ff\u00f7\0\u000b\b", "JPEG-LS"),
        arguments("DDS |\0\0\0", "DirectDraw DDS"),
        arguments("%PDF-1.7\n%\u00e2\u00e3", "PDF"),
        arguments("\n\u0005\u0001\b" + "\0".repeat(124), "PCX"),
        arguments("\0\0\n\0\0\0\0\0\0\0\0\0\u0040\0\u0040\0\u0018\0" + "x".repeat(64), "Targa TGA"),
        arguments("\u0005" + "\0".repeat(40) + "TRUEVISION-XFILE.\0", "Targa TGA"),
        arguments("8BPS\0\u0001", "Photoshop PSD"),
        arguments("\u00ff\u004f\u00ff\u0051", "JPEG 2000"),
        arguments("\u00ff\n", "JPEG XL"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void pictures(String bytes, String title) {
    assertThatThrownBy(() -> DECODER.decode(bytes.getBytes(ISO_8859_1)))
        .hasMessage(title + " is not read")
        .extracting(e -> ((ImageException) e).kind())
        .isEqualTo(Kind.UNSUPPORTED_FORMAT);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("PAR1\u0015\u0004", "a Parquet file"),
        arguments("a".repeat(100) + "\0".repeat(157) + "ustar\u000000", "a tar archive"),
        arguments("PK\u0003\u0004\u0014\0", "a zip archive"),
        arguments("path,label\ns3://a,cat\n", "a CSV file"),
        arguments("path\tlabel\ncaf\u00c3\u00a9\tcat\n", "a CSV file"),
        arguments("{\"image\": 1}\n{}", "a JSON file"),
        arguments("[1, 2]", "a JSON file"),
        arguments("<?xml version=\"1.0\"?><Error><Code>x</Code></Error>", "an XML file"),
        arguments("<!doctype html><title>404</title>", "an HTML page"),
        arguments("version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer instead of"),
        arguments("/9j/4AAQSkZJRgABAQ", "a picture as base64 text"),
        arguments("Readme\nnothing", "a text file"),
        arguments(brands("isom", "mp42"), "an MP4 video"),
        arguments("RIFF\0\0\0\0WAVEfmt ", "WAVE audio"),
        arguments("\u001f\u008b\b\0", "a gzip file"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void others(String bytes, String title) {
    assertThatThrownBy(() -> DECODER.decode(bytes.getBytes(ISO_8859_1)))
        .hasMessageStartingWith(title)
        .hasMessageEndingWith(", no picture")
        .extracting(e -> ((ImageException) e).kind())
        .isEqualTo(Kind.NOT_AN_IMAGE);
  }

  /** A TIFF of one thumbnail, as cameras begin their raws: tag, type, value. */
  private static byte[] tiff(int[]... fields) {
    ByteBuffer file = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II*\0".getBytes(UTF_8)).putInt(8).putShort((short) fields.length);
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]).putInt(field[3]);
    }
    file.position(200).put("NIKON CORPORATION\0".getBytes(UTF_8));
    file.position(300).putShort((short) 1);
    file.putShort((short) 262).putShort((short) 3).putInt(1).putInt(32803);
    return file.array();
  }

  private static final int[] THUMBNAIL = {254, 4, 1, 1};
  private static final int[] MAKE = {271, 2, 18, 200};
  private static final int[] SENSOR_BELOW = {330, 4, 1, 300};

  @Test
  void rawsThatBeginWithAThumbnail() {
    assertMessage(tiff(new int[] {256, 3, 1, 4}, new int[] {50706, 1, 4, 1}), "(DNG)");
    assertMessage(tiff(THUMBNAIL, MAKE, SENSOR_BELOW), "(Nikon NEF)");
    assertMessage(tiff(THUMBNAIL, SENSOR_BELOW), "(of a TIFF's form)");
    assertMessage(tiff(new int[] {262, 3, 1, 34892}, MAKE), "(Nikon NEF)");
  }

  /** DNG 1.6 and later may be BigTIFF; a plain BigTIFF is none. */
  @Test
  void rawsOfBigTiff() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      String head = order == ByteOrder.LITTLE_ENDIAN ? "II+\0\b\0\0\0" : "MM\0+\0\b\0\0";
      ByteBuffer file = ByteBuffer.allocate(200).order(order);
      file.put(head.getBytes(UTF_8)).putLong(16).putLong(2);
      file.putShort((short) 256).putShort((short) 3).putLong(1).putLong(4);
      int dng = file.position();
      file.putShort((short) 50706).putShort((short) 1).putLong(4).putInt(0x01060000).putInt(0);
      assertMessage(file.array(), "(DNG)");
      file.putShort(dng, (short) 50708);
      assertThatThrownBy(() -> DECODER.decode(file.array())).hasMessageStartingWith("TIFF: ");
    }
  }

  private static void assertMessage(byte[] bytes, String maker) {
    assertThatThrownBy(() -> DECODER.decode(bytes))
        .hasMessage("camera raw " + maker + " is not read");
  }

  /** A scan with a thumbnail, or one edited by a camera's maker, is a photograph. */
  @Test
  void tiffsOfCamerasAreRead() {
    byte[] edited = tiff(MAKE, SENSOR_BELOW);
    byte[] broken = Arrays.copyOf(tiff(THUMBNAIL, SENSOR_BELOW), 40);
    for (byte[] bytes : new byte[][] {edited, broken}) {
      assertThatThrownBy(() -> DECODER.decode(bytes)).hasMessageStartingWith("TIFF: ");
    }
  }
}
