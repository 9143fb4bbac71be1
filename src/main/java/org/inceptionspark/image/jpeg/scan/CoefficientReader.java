package org.inceptionspark.image.jpeg.scan;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** Reads scans into {@link Coefficients}, in the order in which a scan's blocks come. */
public final class CoefficientReader {
  private final JpegFrame frame;
  private final byte[] file;
  private final Coefficients coefficients;
  private final int[] h;
  private final int[] v;

  public CoefficientReader(JpegFrame frame, byte[] file, Coefficients coefficients) {
    this.frame = frame;
    this.file = file;
    this.coefficients = coefficients;
    this.h = frame.components().stream().mapToInt(JpegComponent::h).toArray();
    this.v = frame.components().stream().mapToInt(JpegComponent::v).toArray();
  }

  public void read(JpegScan scan) throws ImageException {
    ScanBits bits = new ScanBits(file, scan.start(), scan.end());
    BlockDecoder decoder = decoder(scan, bits);
    JpegScan.Part[] parts = scan.parts().toArray(JpegScan.Part[]::new);
    int across = scan.mcusAcross(frame);
    int down = scan.mcusDown(frame);
    int untilRestart = scan.restartInterval() == 0 ? Integer.MAX_VALUE : scan.restartInterval();
    for (int row = 0; row < down; row++) {
      int column = 0;
      while (column < across) {
        if (untilRestart == 0) {
          decoder.restart();
          untilRestart = scan.restartInterval();
        }
        int mcus = Math.min(across - column, untilRestart);
        if (scan.isInterleaved()) {
          mcus = 1;
          mcu(parts, decoder, row, column);
        } else {
          blocks(decoder, parts[0], row, column, mcus);
        }
        if (bits.isExhausted()) {
          throw ImageException.corrupt(
              ImageFormat.JPEG, "cut off in row " + row + " of " + down + " of a scan");
        }
        column += mcus;
        untilRestart -= mcus;
      }
    }
  }

  private BlockDecoder decoder(JpegScan scan, ScanBits bits) {
    if (!frame.isProgressive()) {
      return new StoredSequential(bits);
    }
    if (scan.hasDc()) {
      return scan.high() == 0
          ? new ProgressiveDc(bits, scan.low())
          : new ProgressiveDcRefinement(bits, scan.low());
    }
    return scan.high() == 0
        ? new ProgressiveAc(bits, scan)
        : new ProgressiveAcRefinement(bits, scan);
  }

  private void mcu(JpegScan.Part[] parts, BlockDecoder decoder, int row, int column)
      throws ImageException {
    for (JpegScan.Part part : parts) {
      int across = h[part.component()];
      int down = v[part.component()];
      for (int y = 0; y < down; y++) {
        blocks(decoder, part, row * down + y, column * across, across);
      }
    }
  }

  private void blocks(BlockDecoder decoder, JpegScan.Part part, int row, int column, int blocks)
      throws ImageException {
    int component = part.component();
    decoder.decode(
        part,
        coefficients.values[component],
        coefficients.nonZero[component],
        row * coefficients.blocksAcross[component] + column,
        blocks);
  }
}
