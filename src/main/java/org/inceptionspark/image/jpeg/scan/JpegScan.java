package org.inceptionspark.image.jpeg.scan;

import java.util.List;

/**
 * One scan with the tables in force where it begins.
 *
 * @param first spectral selection: the first coefficient, in zigzag order; sequential scans have
 *     all of them, whatever the file says
 * @param last the last coefficient
 * @param high successive approximation: bits that were sent before, 0 for a first pass
 * @param low bits that are still to come
 * @param restartInterval in MCUs; 0 for none
 * @param start of its entropy-coded data in the file
 * @param end of that data: the next marker that is not a restart marker
 */
public record JpegScan(
    List<Part> parts,
    int first,
    int last,
    int high,
    int low,
    int restartInterval,
    int start,
    int end) {

  /**
   * A component's part in a scan.
   *
   * @param component its index in the frame
   * @param dc null where no DC coefficient is decoded
   * @param ac null where no AC coefficient is decoded
   */
  public record Part(int component, HuffmanTable dc, HuffmanTable ac) {}

  public boolean isInterleaved() {
    return parts.size() > 1;
  }

  public boolean hasDc() {
    return first == 0;
  }

  /** MCUs in a row of this scan: of one component, its blocks. */
  public int mcusAcross(JpegFrame frame) {
    return isInterleaved()
        ? frame.mcusAcross()
        : frame.components().get(parts.get(0).component()).blocksAcross();
  }

  public int mcusDown(JpegFrame frame) {
    return isInterleaved()
        ? frame.mcusDown()
        : frame.components().get(parts.get(0).component()).blocksDown();
  }

  /** The fewest bytes that this many blocks can take. */
  public long fewestBytes(JpegFrame frame) {
    long blocksOfMcu = 0;
    for (Part part : parts) {
      JpegComponent component = frame.components().get(part.component());
      blocksOfMcu += isInterleaved() ? component.h() * component.v() : 1;
    }
    long mcus = (long) mcusAcross(frame) * mcusDown(frame);
    int bits = frame.isProgressive() ? (hasDc() ? 1 : 0) : 2;
    return mcus * blocksOfMcu * bits / 8;
  }
}
