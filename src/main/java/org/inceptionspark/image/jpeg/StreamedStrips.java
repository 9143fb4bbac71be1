package org.inceptionspark.image.jpeg;

import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.jpeg.sample.Strip;
import org.inceptionspark.image.jpeg.sample.StripPlane;
import org.inceptionspark.image.jpeg.scan.JpegFrame;
import org.inceptionspark.image.jpeg.scan.JpegScan;
import org.inceptionspark.image.jpeg.scan.ScanBits;
import org.inceptionspark.image.jpeg.scan.SequentialBlocks;

/** Strips of a picture in one sequential scan, decoded on demand. */
final class StreamedStrips implements StripSource {
  private final JpegFrame frame;
  private final JpegScan scan;
  private final List<int[]> steps;
  private final ScanBits bits;
  private final SequentialBlocks blocks;
  private int untilRestart;

  StreamedStrips(JpegFrame frame, JpegScan scan, List<int[]> steps, byte[] file) {
    this.frame = frame;
    this.scan = scan;
    this.steps = steps;
    this.bits = new ScanBits(file, scan.start(), scan.end());
    this.blocks = new SequentialBlocks(bits);
    this.untilRestart = scan.restartInterval();
  }

  @Override
  public void read(Strip strip, int firstRow, int rows) throws ImageException {
    int across = frame.mcusAcross();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < across; column++) {
        if (scan.restartInterval() > 0 && untilRestart-- == 0) {
          blocks.restart();
          untilRestart = scan.restartInterval() - 1;
        }
        mcu(strip, strip.layout.lane(row, column));
        if (bits.isExhausted()) {
          throw ImageException.corrupt(
              ImageFormat.JPEG,
              "cut off in row " + (firstRow + row) + " of " + frame.mcusDown() + " of MCUs");
        }
      }
    }
  }

  private void mcu(Strip strip, int lane) throws ImageException {
    List<JpegScan.Part> parts = scan.parts();
    for (int i = 0; i < parts.size(); i++) {
      JpegScan.Part part = parts.get(i);
      StripPlane plane = strip.layout.planes.get(part.component());
      int last = plane.firstBlock() + plane.h() * plane.v();
      int[] step = steps.get(part.component());
      for (int block = plane.firstBlock(); block < last; block++) {
        int base = strip.base(block, lane);
        strip.check(
            block,
            lane,
            blocks.decode(part, step, strip.places[part.component()], strip.numbers, base));
      }
    }
  }
}
