package org.inceptionspark.image.jpeg.scan;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * All coefficients of a picture in several scans, as of the scans read so far: in zigzag order,
 * block by block and component by component.
 */
public final class Coefficients {
  public static final int OF_BLOCK = 64;

  /** For each component, the blocks of whole MCUs. */
  public final short[][] values;

  /** For each block, which of its AC coefficients are not zero. */
  public final long[][] nonZero;

  /** For each component, the number of blocks in a row. */
  public final int[] blocksAcross;

  /** For each component and coefficient, the bits still to come; -1 for all. */
  private final int[][] bitsToCome;

  public Coefficients(JpegFrame frame) {
    int components = frame.components().size();
    values = new short[components][];
    nonZero = new long[components][];
    blocksAcross = new int[components];
    bitsToCome = new int[components][OF_BLOCK];
    for (int i = 0; i < components; i++) {
      JpegComponent component = frame.components().get(i);
      blocksAcross[i] = frame.mcusAcross() * component.h();
      int blocks = Math.multiplyExact(blocksAcross[i], frame.mcusDown() * component.v());
      nonZero[i] = new long[blocks];
      values[i] = new short[Math.multiplyExact(blocks, OF_BLOCK)];
      Arrays.fill(bitsToCome[i], -1);
    }
  }

  /**
   * Records what a scan brings.
   *
   * @throws ImageException if it refines what has not been sent: a scan is missing
   */
  public void announce(JpegScan scan) throws ImageException {
    for (JpegScan.Part part : scan.parts()) {
      int[] bits = bitsToCome[part.component()];
      for (int k = scan.first(); k <= scan.last(); k++) {
        if (scan.high() > 0 && bits[k] != scan.high()) {
          throw ImageException.corrupt(
              ImageFormat.JPEG, "a scan refines coefficients that an earlier one should have sent");
        }
        bits[k] = scan.low();
      }
    }
  }

  /** Bits still to come of a coefficient; -1 where nothing of it has been sent. */
  public int bitsToCome(int component, int k) {
    return bitsToCome[component][k];
  }

  /** Stores an AC coefficient, {@code k} from 1 on. */
  public static void store(short[] values, long[] nonZero, int block, int k, int value) {
    short stored = (short) value;
    values[block * OF_BLOCK + k] = stored;
    if (stored != 0) {
      nonZero[block] |= 1L << k;
    } else {
      nonZero[block] &= ~(1L << k);
    }
  }
}
