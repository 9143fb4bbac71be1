package org.inceptionspark.image.jpeg;

import java.util.List;
import org.inceptionspark.image.jpeg.scan.Coefficients;
import org.inceptionspark.image.jpeg.scan.JpegComponent;
import org.inceptionspark.image.jpeg.scan.JpegFrame;

/**
 * Estimates the first coefficients of a progressive picture whose last scans were left out, from
 * the mean levels of a block and the 24 around it: libjpeg-turbo's "block smoothing" (after ISO/IEC
 * 10918-1, K.8). Coefficients that are known in full stay as they are.
 */
final class BlockSmoothing {
  private static final int WINDOW = 5;

  /** The mean level and the nine AC coefficients that are estimated, in zigzag order. */
  private static final int ESTIMATED = 10;

  /** Weights of the mean levels, times 256, where no AC coefficient has been sent at all. */
  private static final int[][] BLURRED = {
    {
      -2, -6, -8, -6, -2, -6, 6, 42, 6, -6, -8, 42, 152, 42, -8, -6, 6, 42, 6, -6, -2, -6, -8, -6,
      -2
    },
    {-1, -1, 0, 1, 1, -3, 13, 0, -13, 3, -3, 38, 0, -38, 3, -3, 13, 0, -13, 3, -1, -1, 0, 1, 1},
    {-1, -3, -3, -3, -1, -1, 13, 38, 13, -1, 0, 0, 0, 0, 0, 1, -13, -38, -13, 1, 1, 3, 3, 3, 1},
    {0, 0, 1, 0, 0, 0, 2, 7, 2, 0, 0, -5, -14, -5, 0, 0, 2, 7, 2, 0, 0, 0, 1, 0, 0},
    {-1, 0, 0, 0, 1, 0, 9, 0, -9, 0, 0, 0, 0, 0, 0, 0, -9, 0, 9, 0, 1, 0, 0, 0, -1},
    {0, 0, 0, 0, 0, 0, 2, -5, 2, 0, 1, 7, -14, 7, 1, 0, 2, -5, 2, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, -2, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, -3, 1, 0, 0, 0, 0, 0, 0, 0, -1, 3, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, -3, 0, 3, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, -1, -2, -1, 0, 0, 0, 0, 0, 0},
  };

  /** Where some have been sent. */
  private static final int[][] SHARP = {
    null,
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -7, 50, 0, -50, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, -7, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 0, 7, 0, 0},
    {0, 0, -1, 0, 0, 0, 0, 13, 0, 0, 0, 0, -24, 0, 0, 0, 0, 13, 0, 0, 0, 0, -1, 0, 0},
    {0, -1, 0, 1, 0, -1, 10, 0, -10, 1, 0, 0, 0, 0, 0, 1, -10, 0, 10, -1, 0, 1, 0, -1, 0},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 13, -24, 13, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    null,
    null,
    null,
    null,
  };

  private final JpegFrame frame;
  private final Coefficients coefficients;
  private final List<int[]> steps;
  private final boolean isUseful;

  BlockSmoothing(JpegFrame frame, Coefficients coefficients, List<int[]> steps) {
    this.frame = frame;
    this.coefficients = coefficients;
    this.steps = steps;
    boolean isUseful = frame.isProgressive();
    for (int[] step : steps) {
      for (int k = 0; k < ESTIMATED; k++) {
        isUseful &= step[k] != 0;
      }
    }
    this.isUseful = isUseful;
  }

  /** Whether coefficients of this component may be estimated. */
  boolean appliesTo(int component) {
    boolean isIncomplete = false;
    for (int k = 1; k < ESTIMATED; k++) {
      isIncomplete |= coefficients.bitsToCome(component, k) != 0;
    }
    return isUseful && isIncomplete;
  }

  /**
   * Estimates coefficients of a block.
   *
   * @param estimates receives the estimated ones in zigzag order; others are not touched
   */
  void estimate(int component, int row, int column, int[] estimates) {
    int[] levels = levels(component, row, column);
    boolean isBlurred = isBlurred(component);
    int[][] weights = isBlurred ? BLURRED : SHARP;
    int block = row * coefficients.blocksAcross[component] + column;
    for (int k = isBlurred ? 0 : 1; k < ESTIMATED; k++) {
      int bits = coefficients.bitsToCome(component, k);
      boolean isOpen =
          k == 0 || bits != 0 && (coefficients.nonZero[component][block] >>> k & 1) == 0;
      if (weights[k] != null && isOpen) {
        estimates[k] = estimate(component, k, levels, weights[k], k == 0 ? -1 : bits);
      }
    }
  }

  private boolean isBlurred(int component) {
    for (int k = 1; k < ESTIMATED; k++) {
      if (coefficients.bitsToCome(component, k) != -1) {
        return false;
      }
    }
    return true;
  }

  private int estimate(int component, int k, int[] levels, int[] weights, int bits) {
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (long) weights[i] * levels[i];
    }
    sum *= steps.get(component)[0] & 0xffff;
    long step = steps.get(component)[k] & 0xffff;
    int size = (int) (((step << 7) + Math.abs(sum)) / (step << 8));
    if (bits > 0) { // all that is known is that it is smaller
      size = Math.min(size, (1 << bits) - 1);
    }
    return (short) (sum < 0 ? -size : size);
  }

  /** The mean levels around a block; those at the edges are repeated beyond them. */
  private int[] levels(int component, int row, int column) {
    JpegComponent shape = frame.components().get(component);
    int mcuRow = row / shape.v();
    boolean isLast = mcuRow == frame.mcusDown() - 1;
    int rest = shape.blocksDown() % shape.v();
    int rowsOfMcu = isLast && rest > 0 ? rest : shape.v();
    int up = Math.min(2, mcuRow * rowsOfMcu + row % shape.v());
    int down = Math.min(2, rowsOfMcu * frame.mcusDown() - 1 - mcuRow * rowsOfMcu - row % shape.v());
    int[] levels = new int[WINDOW * WINDOW];
    for (int y = -2; y <= 2; y++) {
      int fromRow = row + Math.max(-up, Math.min(down, y));
      for (int x = -2; x <= 2; x++) {
        int fromColumn = Math.max(0, Math.min(shape.blocksAcross() - 1, column + x));
        int block = fromRow * coefficients.blocksAcross[component] + fromColumn;
        levels[WINDOW * (y + 2) + x + 2] =
            coefficients.values[component][block * Coefficients.OF_BLOCK];
      }
    }
    return levels;
  }
}
