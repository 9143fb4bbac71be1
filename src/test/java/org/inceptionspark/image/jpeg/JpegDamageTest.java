package org.inceptionspark.image.jpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.Sha256;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * libjpeg's warnings, one by one (JWRN_... in its jerror.h): what changes no pixel is no error,
 * what may is CORRUPT. Those on arithmetic coding, on profiles and on the caller cannot come up
 * here.
 */
class JpegDamageTest {
  private static final byte[] JUNK = {1, 2, 3, 0, 77};

  /** JWRN_NOT_SEQUENTIAL: all coefficients are in a sequential scan, whatever its header says. */
  @Test
  void spectralSelectionOfSequentialScansMeansNothing() throws IOException, ImageException {
    for (String name : List.of("baseline-420", "sequential-scan-per-component", "gray")) {
      byte[] file = file(name);
      byte[] odd = file.clone();
      for (int scan : markers(file, 0xda)) {
        int end = scan + 2 + length(file, scan);
        odd[end - 3] = 7;
        odd[end - 2] = 0;
        odd[end - 1] = 0x21;
      }
      assertThat(odd).isNotEqualTo(file);
      assertSamePixels(odd, file);
    }
  }

  /** JWRN_EXTRANEOUS_DATA between segments, behind a scan and before a restart marker. */
  @Test
  void extraneousBytesBeforeMarkersAreSkipped() throws IOException, ImageException {
    byte[] file = file("restart-rows");
    assertSamePixels(insert(file, markers(file, 0xdb).get(0), JUNK), file);
    assertSamePixels(insert(file, file.length - 2, JUNK), file);
    assertSamePixels(insert(file, markers(file, 0xd1).get(0), JUNK), file);
    byte[] progressive = file("progressive-many-scans");
    assertSamePixels(insert(progressive, markers(progressive, 0xda).get(2), JUNK), progressive);
  }

  /** JWRN_MUST_RESYNC, a damaged marker: as libjpeg does, the data around it counts. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void aRestartMarkerOfAFarNumberIsTheOneDue(int ahead) throws IOException, ImageException {
    byte[] file = file("restart-rows");
    byte[] odd = file.clone();
    odd[markers(file, 0xd2).get(0) + 1] = (byte) (0xd0 + (2 + ahead & 7));
    assertSamePixels(odd, file);
  }

  /** JWRN_MUST_RESYNC, a marker that is the next or next but one: what is before it is lost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void dataLostBeforeARestartMarkerIsDamage(int ahead) throws IOException {
    byte[] file = file("restart-rows");
    byte[] odd = file.clone();
    odd[markers(file, 0xd2).get(0) + 1] = (byte) (0xd2 + ahead);
    assertCorrupt(odd);
    int from = markers(file, 0xd1).get(0);
    assertCorrupt(without(file, from, markers(file, 0xd1 + ahead).get(0)));
  }

  /** The harmless warning may be the first and the only one that libjpeg tells. */
  @Test
  void damageBehindAHarmlessWarningIsTold() throws IOException {
    byte[] file = file("restart-rows");
    byte[] odd = insert(file, markers(file, 0xd1).get(0), JUNK);
    int half = markers(odd, 0xd3).get(0);
    assertCorrupt(without(odd, half, odd.length - 2));
  }

  /** JWRN_HIT_MARKER: the data ends before the MCUs do. */
  @Test
  void missingMcusAreDamage() throws IOException {
    for (String name : List.of("baseline-420", "progressive-many-scans", "restart-every-mcu")) {
      byte[] file = file(name);
      int scan = markers(file, 0xda).get(0);
      int start = scan + 2 + length(file, scan);
      int end = name.startsWith("progressive") ? markers(file, 0xc4).get(2) : file.length - 2;
      assertCorrupt(without(file, end - (end - start) / 3, end));
      assertCorrupt(without(file, end - 3, end));
    }
  }

  /** JWRN_JPEG_EOF. */
  @Test
  void aFileWithoutItsEndIsDamage() throws IOException {
    byte[] file = file("baseline-420");
    assertCorrupt(Arrays.copyOf(file, file.length - 2));
    assertCorrupt(Arrays.copyOf(file, file.length - 1));
  }

  /** JWRN_HUFF_BAD_CODE: 16 ones are no code. */
  @Test
  void badCodesAreDamage() throws IOException {
    byte[] file = file("baseline-420");
    byte[] odd = file.clone();
    int at = markers(file, 0xda).get(0) + 200;
    for (int i = at; i < at + 8; i += 2) {
      odd[i] = (byte) 0xff;
      odd[i + 1] = 0;
    }
    assertCorrupt(odd);
  }

  /** JWRN_BOGUS_PROGRESSION that changes nothing: the same scan again, and AC before DC. */
  @Test
  void aProgressiveScanMayComeTwice() throws IOException, ImageException {
    byte[] file = file("progressive-many-scans");
    int dc = markers(file, 0xda).get(0);
    int next = nextMarker(file, dc + 2 + length(file, dc));
    byte[] twice = insert(file, next, Arrays.copyOfRange(file, dc, next));
    assertSamePixels(twice, file);
  }

  /** JWRN_BOGUS_PROGRESSION that does: a refinement of what was never sent. */
  @Test
  void aRefinementWithoutItsFirstScanIsDamage() throws IOException {
    byte[] file = file("progressive-many-scans");
    List<Integer> scans = markers(file, 0xda);
    int refinements = 0;
    for (int scan : scans) {
      int end = scan + 2 + length(file, scan);
      boolean isFirstOfRefined = file[end - 1] >> 4 == 0 && (file[end - 1] & 15) > 0;
      if (isFirstOfRefined) {
        refinements++;
        assertCorrupt(without(file, scan, nextMarker(file, end)));
      }
    }
    assertThat(refinements).isPositive();
  }

  /** A component that no scan has would be flat grey. */
  @Test
  void everyComponentMustHaveAScan() throws IOException {
    byte[] file = file("sequential-scan-per-component");
    int last = markers(file, 0xda).get(2);
    assertCorrupt(without(file, last, file.length - 2));
  }

  /** JWRN_JFIF_MAJOR. */
  @Test
  void anUnknownJfifVersionChangesNothing() throws IOException, ImageException {
    byte[] file = file("baseline-420");
    byte[] odd = file.clone();
    odd[markers(file, 0xe0).get(0) + 9] = 9;
    assertSamePixels(odd, file);
  }

  /** JWRN_ADOBE_XFORM: other transforms than 0, 1 and 2 are taken for YCbCr. */
  @Test
  void anUnknownAdobeTransformIsTheUsualOne() throws IOException, ImageException {
    byte[] file = file("ycck-adobe-inverted");
    byte[] odd = file.clone();
    int adobe = markers(file, 0xee).get(0);
    assertThat(new String(file, adobe + 4, 5, US_ASCII)).isEqualTo("Adobe");
    odd[adobe + 15] = 9;
    assertSamePixels(odd, file);
  }

  /** JERR_UNKNOWN_MARKER: a table's marker was damaged, and an older table would be taken. */
  @Test
  void unknownMarkersAreDamage() throws IOException, ImageException {
    for (String name : List.of("baseline-420", "progressive-many-scans")) {
      byte[] file = file(name);
      for (int table : List.of(0xdb, 0xc4)) {
        for (int at : markers(file, table)) {
          for (int unknown : List.of(0x60, 0xa7, 0xc8, 0xde, 0xf7)) {
            byte[] odd = file.clone();
            odd[at + 1] = (byte) unknown;
            assertCorrupt(odd);
          }
        }
      }
    }
    byte[] comment = {(byte) 0xff, (byte) 0xfe, 0, 4, 1, 2};
    assertSamePixels(insert(file("baseline-420"), 2, comment), file("baseline-420"));
  }

  /** JERR_NO_HUFF_TABLE: only sequential files may mean the standard's. */
  @Test
  void progressiveFilesHaveTables() throws IOException {
    byte[] file = file("progressive-many-scans");
    int dc = markers(file, 0xc4).get(0);
    assertCorrupt(without(file, dc, dc + 2 + length(file, dc)));
  }

  /** What no encoder can mean: libjpeg puts the coefficient somewhere and says nothing. */
  @Test
  void moreThan64CoefficientsAreDamage() throws IOException {
    byte[] file = file("gray");
    int scan = markers(file, 0xda).get(0);
    byte[] odd = file.clone();
    // DC of 0 bits, then runs of zeros with a value behind: 4 x (15, 5), beyond the 64th.
    int start = scan + 2 + length(file, scan);
    Arrays.fill(odd, start, start + 40, (byte) 0xfe);
    assertCorrupt(odd);
  }

  private static void assertSamePixels(byte[] odd, byte[] file) throws ImageException {
    assertThat(sha(odd)).isEqualTo(sha(file));
  }

  private static void assertCorrupt(byte[] jpeg) {
    assertThatThrownBy(() -> sha(jpeg))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
  }

  private static String sha(byte[] jpeg) throws ImageException {
    return Sha256.of(JpegFile.open(new EncodedBytes(jpeg, ImageFormat.JPEG)).pixels().rgb());
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream stream =
        JpegDamageTest.class.getResourceAsStream("/images/jpeg/" + name + ".jpg")) {
      return stream.readAllBytes();
    }
  }

  private static List<Integer> markers(byte[] jpeg, int code) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + 1 < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xff && (jpeg[at + 1] & 0xff) == code) {
        found.add(at);
      }
    }
    return found;
  }

  private static int nextMarker(byte[] jpeg, int from) {
    int at = from;
    while (jpeg[at] != (byte) 0xff || jpeg[at + 1] == 0) {
      at++;
    }
    return at;
  }

  private static int length(byte[] jpeg, int marker) {
    return (jpeg[marker + 2] & 0xff) << 8 | jpeg[marker + 3] & 0xff;
  }

  private static byte[] insert(byte[] jpeg, int at, byte[] more) {
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(jpeg, 0, at);
    longer.writeBytes(more);
    longer.write(jpeg, at, jpeg.length - at);
    return longer.toByteArray();
  }

  private static byte[] without(byte[] jpeg, int from, int to) {
    ByteArrayOutputStream shorter = new ByteArrayOutputStream();
    shorter.write(jpeg, 0, from);
    shorter.write(jpeg, to, jpeg.length - to);
    return shorter.toByteArray();
  }
}
