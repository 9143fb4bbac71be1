package org.inceptionspark.image.webp;

import java.util.Arrays;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;

/**
 * Lossy WebP: one VP8 key frame, to exactly the samples of libwebp. TwelveMonkeys' reader differs:
 * it copies a macroblock before the loop filter has reached its right and lower edges, and repeats
 * chroma instead of smoothing it.
 */
final class Vp8Decoder {
  private static final int SUB_BLOCKS = 16;

  private final Vp8Header header;
  private final Vp8Frame frame;
  private final Vp8Transform transform = new Vp8Transform();
  private final Vp8Prediction prediction = new Vp8Prediction();
  private final Vp8Residue residue;
  private final Vp8LoopFilter filter;

  // Modes of the sub-blocks above and to the left, from which the next ones are predicted.
  private final int[] modesAbove;
  private final int[] modesLeft = new int[4];

  // Of the current macroblock.
  private final int[] modes = new int[SUB_BLOCKS];
  private int segment;
  private boolean inSubBlocks;
  private int chromaMode;

  private Vp8Decoder(Vp8Header header) {
    this.header = header;
    this.frame = new Vp8Frame(header.width, header.height);
    this.residue = new Vp8Residue(header.probabilities, frame.columns(), transform);
    this.filter = new Vp8LoopFilter(header.simpleFilter, header.sharpness);
    this.modesAbove = new int[4 * frame.columns()];
  }

  /** Decodes the frame at {@code start}. */
  static RgbImage decode(EncodedBytes bytes, int start, int length) throws ImageException {
    return new Vp8Decoder(new Vp8Header(bytes, start, length)).run();
  }

  private RgbImage run() throws ImageException {
    int columns = frame.columns();
    int[][] levels = new int[frame.rows()][columns];
    boolean[][] inner = new boolean[frame.rows()][columns];
    for (int row = 0; row < frame.rows(); row++) {
      Vp8Bits bits = header.coefficients[row % header.coefficients.length];
      Arrays.fill(modesLeft, Vp8Prediction.DC);
      residue.startRow();
      for (int column = 0; column < columns; column++) {
        boolean hasResidue = macroblock(bits, column, row);
        levels[row][column] = header.filterLevels[segment][inSubBlocks ? 1 : 0];
        inner[row][column] = hasResidue || inSubBlocks;
        if (bits.isExhausted() || header.modes.isExhausted()) {
          throw ImageException.corrupt(
              ImageFormat.WEBP, "cut off in row " + row + " of " + frame.rows() + " macroblocks");
        }
      }
      frame.luma.extend(16 * row + 15);
    }
    // Prediction works on unfiltered samples, so the filter comes after all of it.
    for (int row = 0; row < frame.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        filter.apply(frame, column, row, levels[row][column], inner[row][column]);
      }
    }
    return frame.toRgb();
  }

  /** Decodes one macroblock; true if it had coefficients. */
  private boolean macroblock(Vp8Bits bits, int column, int row) {
    boolean skipped = readModes(column);
    boolean hasResidue = false;
    if (skipped) {
      residue.skip(column, !inSubBlocks);
    } else {
      hasResidue = residue.read(bits, column, !inSubBlocks, header.steps[segment]);
    }
    predict(column, row, hasResidue);
    return hasResidue;
  }

  /** Reads segment and modes; true if there are no coefficients. */
  private boolean readModes(int column) {
    Vp8Bits bits = header.modes;
    segment = 0;
    if (header.updatesSegments) {
      int[] p = header.segmentProbabilities;
      segment = bits.bit(p[0]) == 0 ? bits.bit(p[1]) : 2 + bits.bit(p[2]);
    }
    boolean skipped = header.skipProbability >= 0 && bits.bit(header.skipProbability) != 0;
    inSubBlocks = bits.bit(145) == 0;
    if (inSubBlocks) {
      readSubBlockModes(column);
    } else {
      modes[0] =
          bits.bit(156) == 0
              ? bits.bit(163) == 0 ? Vp8Prediction.DC : Vp8Prediction.VERTICAL
              : bits.bit(128) == 0 ? Vp8Prediction.HORIZONTAL : Vp8Prediction.TRUE_MOTION;
      Arrays.fill(modesAbove, 4 * column, 4 * column + 4, modes[0]);
      Arrays.fill(modesLeft, modes[0]);
    }
    if (bits.bit(142) == 0) {
      chromaMode = Vp8Prediction.DC;
    } else if (bits.bit(114) == 0) {
      chromaMode = Vp8Prediction.VERTICAL;
    } else {
      chromaMode = bits.bit(183) == 0 ? Vp8Prediction.HORIZONTAL : Vp8Prediction.TRUE_MOTION;
    }
    return skipped;
  }

  private void readSubBlockModes(int column) {
    for (int i = 0; i < SUB_BLOCKS; i++) {
      int x = 4 * column + (i & 3);
      int y = i >> 2;
      int pair = (modesAbove[x] * Vp8Tables.MODES + modesLeft[y]) * (Vp8Tables.MODES - 1);
      int node = 0;
      do {
        int bit = header.modes.bit(Vp8Tables.SUB_BLOCK_MODES[pair + (node >> 1)]);
        node = Vp8Tables.SUB_BLOCK_TREE[node + bit];
      } while (node > 0);
      modes[i] = -node;
      modesAbove[x] = modes[i];
      modesLeft[y] = modes[i];
    }
  }

  private void predict(int column, int row, boolean hasResidue) {
    if (!inSubBlocks) {
      Vp8Prediction.square(frame.luma, 16 * column, 16 * row, 16, modes[0]);
    }
    for (int i = 0; i < SUB_BLOCKS; i++) {
      int at = frame.luma.at(16 * column + 4 * (i & 3), 16 * row + 4 * (i >> 2));
      if (inSubBlocks) {
        predictSubBlock(at, i);
      }
      if (hasResidue) {
        transform.add(residue.coefficients, 16 * i, frame.luma.samples, at, frame.luma.stride);
      }
    }
    chroma(frame.u, column, row, hasResidue, Vp8Residue.LUMA_BLOCKS);
    chroma(frame.v, column, row, hasResidue, Vp8Residue.LUMA_BLOCKS + 4);
  }

  private void predictSubBlock(int at, int i) {
    int stride = frame.luma.stride;
    // Blocks of the last column use the row above the macroblock, the only one known there.
    int rowsUp = (i & 3) == 3 ? 1 + 4 * (i >> 2) : 1;
    prediction.subBlock(frame.luma.samples, at, stride, at + 4 - rowsUp * stride, modes[i]);
  }

  private void chroma(Vp8Plane plane, int column, int row, boolean hasResidue, int first) {
    Vp8Prediction.square(plane, 8 * column, 8 * row, 8, chromaMode);
    for (int i = 0; hasResidue && i < 4; i++) {
      int at = plane.at(8 * column + 4 * (i & 1), 8 * row + 4 * (i >> 1));
      transform.add(residue.coefficients, 16 * (first + i), plane.samples, at, plane.stride);
    }
  }
}
