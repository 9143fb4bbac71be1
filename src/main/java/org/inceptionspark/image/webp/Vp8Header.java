package org.inceptionspark.image.webp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;

/** The header of a VP8 key frame (RFC 6386, section 9), up to the first macroblock's modes. */
final class Vp8Header {
  static final int SEGMENTS = 4;

  private static final int TAG_BYTES = 10;
  private static final int HIGHEST_INDEX = 127;
  private static final int HIGHEST_CHROMA_DC_INDEX = 117;

  final int width;
  final int height;

  /** The first partition: the macroblocks' modes follow this header. */
  final Vp8Bits modes;

  /** Partitions of coefficients: macroblock row {@code r} is in partition {@code r % length}. */
  final Vp8Bits[] coefficients;

  /** By block type, band, context and token. */
  final int[] probabilities = Vp8Tables.COEFFICIENTS.clone();

  boolean updatesSegments;
  final int[] segmentProbabilities = new int[3];

  /** Probability that a macroblock has coefficients; -1 where macroblocks do not say. */
  final int skipProbability;

  /** For each segment the quantizer steps of DC and AC: luma, second-order luma, chroma. */
  final int[][] steps = new int[SEGMENTS][6];

  boolean simpleFilter;
  int sharpness;

  /** Loop filter levels, by segment: of whole macroblocks, and of those predicted in sub-blocks. */
  final int[][] filterLevels = new int[SEGMENTS][2];

  private boolean hasSegments;
  private boolean absoluteSegments = true;
  private final int[] segmentQuantizers = new int[SEGMENTS];
  private final int[] segmentFilters = new int[SEGMENTS];

  /**
   * Reads the header.
   *
   * @param start of the frame in {@code bytes}
   */
  Vp8Header(EncodedBytes bytes, int start, int length) throws ImageException {
    bytes.require(start, length);
    int tag = bytes.uint16(start, LITTLE_ENDIAN) | bytes.uint8(start + 2L) << 16;
    boolean isKeyFrame = (tag & 1) == 0;
    boolean isShown = (tag >> 4 & 1) != 0;
    int firstPartition = tag >> 5;
    if (length < TAG_BYTES || !isKeyFrame || !isShown || (tag >> 1 & 7) > 3) {
      throw ImageException.corrupt(bytes.format(), "VP8 frame is not a visible key frame");
    }
    width = bytes.uint16(start + 6L, LITTLE_ENDIAN) & 0x3fff;
    height = bytes.uint16(start + 8L, LITTLE_ENDIAN) & 0x3fff;
    int first = start + TAG_BYTES;
    int end = start + length;
    if (firstPartition > end - first) {
      throw ImageException.corrupt(
          bytes.format(), "cut off: VP8 modes need " + firstPartition + " bytes");
    }
    modes = new Vp8Bits(bytes.array(), first, first + firstPartition);
    modes.number(2); // colour space and clamping change nothing
    segments();
    filters();
    coefficients = partitions(bytes, first + firstPartition, end);
    quantizers();
    modes.flag(); // whether later frames keep the probabilities: there are none
    for (int i = 0; i < probabilities.length; i++) {
      if (modes.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) != 0) {
        probabilities[i] = modes.number(8);
      }
    }
    skipProbability = modes.flag() ? modes.number(8) : -1;
  }

  private void segments() {
    Arrays.fill(segmentProbabilities, 255);
    hasSegments = modes.flag();
    if (!hasSegments) {
      return;
    }
    updatesSegments = modes.flag();
    if (modes.flag()) {
      absoluteSegments = modes.flag();
      for (int i = 0; i < SEGMENTS; i++) {
        segmentQuantizers[i] = modes.optionalSigned(7);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        segmentFilters[i] = modes.optionalSigned(6);
      }
    }
    if (updatesSegments) {
      for (int i = 0; i < segmentProbabilities.length; i++) {
        segmentProbabilities[i] = modes.flag() ? modes.number(8) : 255;
      }
    }
  }

  private void filters() {
    simpleFilter = modes.flag();
    int level = modes.number(6);
    sharpness = modes.number(3);
    int referenceDelta = 0;
    int subBlockDelta = 0;
    boolean hasDeltas = modes.flag();
    if (hasDeltas && modes.flag()) {
      int[] deltas = new int[8];
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = modes.optionalSigned(6);
      }
      // The first of each four concern key frames.
      referenceDelta = deltas[0];
      subBlockDelta = deltas[4];
    }
    for (int i = 0; i < SEGMENTS; i++) {
      int base = hasSegments ? segmentFilters[i] + (absoluteSegments ? 0 : level) : level;
      int whole = base + referenceDelta;
      // A frame-wide level of 0 turns the filter off, whatever segments say.
      filterLevels[i][0] = level == 0 ? 0 : clamp(whole, 63);
      filterLevels[i][1] = level == 0 ? 0 : clamp(whole + subBlockDelta, 63);
    }
  }

  private Vp8Bits[] partitions(EncodedBytes bytes, int start, int end) throws ImageException {
    int count = 1 << modes.number(2);
    int position = start + 3 * (count - 1);
    if (position >= end) {
      throw ImageException.corrupt(bytes.format(), "cut off: no VP8 coefficients");
    }
    Vp8Bits[] partitions = new Vp8Bits[count];
    for (int i = 0; i < count; i++) {
      int next = end;
      if (i < count - 1) {
        int field = start + 3 * i;
        int size = bytes.uint16(field, LITTLE_ENDIAN) | bytes.uint8(field + 2L) << 16;
        next = Math.min(end, position + size);
      }
      partitions[i] = new Vp8Bits(bytes.array(), position, next);
      position = next;
    }
    return partitions;
  }

  private void quantizers() {
    int base = modes.number(7);
    int[] deltas = new int[5];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = modes.optionalSigned(4);
    }
    for (int i = 0; i < SEGMENTS; i++) {
      int q = hasSegments ? segmentQuantizers[i] + (absoluteSegments ? 0 : base) : base;
      steps[i][0] = dc(q + deltas[0]);
      steps[i][1] = ac(q);
      steps[i][2] = 2 * dc(q + deltas[1]);
      steps[i][3] = Math.max(8, ac(q + deltas[2]) * 155 / 100);
      steps[i][4] = Vp8Tables.DC_STEPS[clamp(q + deltas[3], HIGHEST_CHROMA_DC_INDEX)];
      steps[i][5] = ac(q + deltas[4]);
    }
  }

  private static int dc(int index) {
    return Vp8Tables.DC_STEPS[clamp(index, HIGHEST_INDEX)];
  }

  private static int ac(int index) {
    return Vp8Tables.AC_STEPS[clamp(index, HIGHEST_INDEX)];
  }

  private static int clamp(int value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
