package org.inceptionspark.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.tiff.TiffCase.Layout;
import org.inceptionspark.image.tiff.TiffCase.Model;
import org.inceptionspark.image.tiff.TiffCase.Packing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories as real writers leave them, and directories that lie. */
class SloppyTiffTest {
  private static final int BITS_PER_SAMPLE = 258;
  private static final int STRIP_OFFSETS = 273;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int COLOR_MAP = 320;

  private static final Layout STRIPS = new Layout(false, false, true);
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 100_000_000);

  /** Twelve rows in two strips. */
  private static TiffCase rgb(Packing packing) {
    return sized(Model.RGB, packing, 12);
  }

  private static TiffCase sized(Model model, Packing packing, int height) {
    int[] samples = new int[9 * height * model.samples];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 31 * i / 7 % 256;
    }
    return new TiffCase(model, 8, STRIPS, packing, 9, height, samples);
  }

  private static void assertSame(byte[] sloppy, byte[] plain) throws ImageException {
    assertThat(DECODER.decode(sloppy).pixels().rgb())
        .isEqualTo(DECODER.decode(plain).pixels().rgb());
  }

  private static void assertCorrupt(byte[] file) {
    assertThatThrownBy(() -> DECODER.decode(file))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.kind()).as("%s", e).isEqualTo(Kind.CORRUPT));
  }

  @ParameterizedTest
  @EnumSource
  void lengthsOfPackedStripsMayBeMissingZeroOrTooLarge(Packing packing) throws ImageException {
    byte[] plain = TiffWriter.write(rgb(packing));
    assertSame(TiffPatch.without(plain, STRIP_BYTE_COUNTS), plain);
    assertSame(TiffPatch.withAll(plain, STRIP_BYTE_COUNTS, 0), plain);
    assertSame(TiffPatch.withAll(plain, STRIP_BYTE_COUNTS, -3), plain);
  }

  @Test
  void oneStripMayHaveAnyRowsAndLength() throws ImageException {
    byte[] plain = TiffWriter.write(sized(Model.RGB, Packing.NONE, 5));
    assertSame(TiffPatch.without(plain, ROWS_PER_STRIP), plain);
    assertSame(TiffPatch.with(plain, ROWS_PER_STRIP, 95_318), plain);
    assertSame(TiffPatch.with(plain, ROWS_PER_STRIP, -1), plain);
    assertSame(TiffPatch.with(plain, STRIP_BYTE_COUNTS, 9), plain);
  }

  @Test
  void aDepthMayStandForAllSamples() throws ImageException {
    byte[] plain = TiffWriter.write(rgb(Packing.LZW));
    assertSame(TiffPatch.with(plain, BITS_PER_SAMPLE, 8), plain);
  }

  /** Colours of 8 bits where 16 are due; of one level each, to see it. */
  @Test
  void aColourMapMayHaveEightBits() throws ImageException {
    byte[] plain = TiffWriter.write(sized(Model.PALETTE, Packing.NONE, 5));
    assertThat(DECODER.decode(TiffPatch.withAll(plain, COLOR_MAP, 200)).pixels().rgb())
        .containsOnly((byte) 200);
    assertThat(DECODER.decode(TiffPatch.withAll(plain, COLOR_MAP, 200 << 8)).pixels().rgb())
        .containsOnly((byte) 200);
  }

  @ParameterizedTest
  @EnumSource
  void stripsThatAreCutOffAreCorrupt(Packing packing) {
    byte[] plain = TiffWriter.write(rgb(packing));
    assertCorrupt(TiffPatch.withAll(plain, STRIP_BYTE_COUNTS, 20));
    assertCorrupt(TiffPatch.withAll(plain, STRIP_OFFSETS, plain.length - 20));
    assertCorrupt(TiffPatch.withAll(plain, STRIP_OFFSETS, plain.length));
    assertCorrupt(TiffPatch.with(plain, ROWS_PER_STRIP, 3));
    assertCorrupt(TiffPatch.with(plain, ROWS_PER_STRIP, 0));
  }

  /** 243 MB of pixels in a file of some hundred bytes. */
  @ParameterizedTest
  @EnumSource
  void nothingIsAllocatedThatTheFileCannotHold(Packing packing) {
    byte[] plain = TiffWriter.write(sized(Model.RGB, packing, 5));
    byte[] wide = TiffPatch.with(TiffPatch.with(plain, 256, 9000), 257, 9000);
    byte[] lying = TiffPatch.with(wide, ROWS_PER_STRIP, 9000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    assertCorrupt(lying);
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000_000);
  }
}
