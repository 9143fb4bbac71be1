package org.inceptionspark.image.jpeg.scan;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** First scan of a band of AC coefficients (ISO/IEC 10918-1, G.1.2.2). */
final class ProgressiveAc implements BlockDecoder {
  private final ScanBits in;
  private final int first;
  private final int last;
  private final int low;

  /** The number of blocks from here on in which the band is zero. */
  private int zeroBlocks;

  ProgressiveAc(ScanBits in, JpegScan scan) {
    this.in = in;
    this.first = scan.first();
    this.last = scan.last();
    this.low = scan.low();
  }

  @Override
  public void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks)
      throws ImageException {
    int i = firstBlock;
    int end = firstBlock + blocks;
    while (i < end) {
      if (zeroBlocks > 0) {
        int skipped = Math.min(zeroBlocks, end - i);
        zeroBlocks -= skipped;
        i += skipped;
      } else {
        band(part.ac(), values, nonZero, i++);
      }
    }
  }

  private void band(HuffmanTable table, short[] values, long[] nonZero, int block)
      throws ImageException {
    int[] lookup = table.values;
    byte[] segment = in.segment();
    int lastPosition = in.lastPosition();
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    long found = 0;
    int base = block * Coefficients.OF_BLOCK;
    int k = first;
    while (k <= last) {
      if (count < 32) {
        bits |= ScanBits.longAt(segment, position) >>> count;
        int bytes = 63 - count >> 3;
        position = Math.min(position + bytes, lastPosition);
        count += bytes << 3;
      }
      int entry = lookup[(int) (bits >>> 64 - HuffmanTable.LOOKUP_BITS)];
      int value;
      if ((entry & HuffmanTable.NO_VALUE) == 0) {
        k += (entry >> 6 & 31) - 1;
        bits <<= entry; // shifts by its lower six bits
        count -= entry & 63;
        value = entry >> 16;
      } else {
        int code = table.code(bits);
        if (code == HuffmanTable.BAD_CODE) {
          throw SequentialBlocks.badCode();
        }
        int run = code >> 12;
        int size = code >> 8 & 15;
        bits <<= code;
        count -= code & 63;
        if (size == 0 && run != 15) {
          zeroBlocks = (1 << run) - 1 + (int) (bits >>> 1 >>> 63 - run);
          bits <<= run;
          count -= run;
          break;
        }
        k += run;
        if (size == 0) {
          k++;
          continue;
        }
        value = HuffmanTable.extended((int) (bits >>> 64 - size), size);
        bits <<= size;
        count -= size;
      }
      if (k > last) {
        throw ImageException.corrupt(ImageFormat.JPEG, "a coefficient after its scan's last");
      }
      short stored = (short) (value << low);
      values[base + k] = stored;
      found |= (stored == 0 ? 0L : 1L) << k++;
    }
    in.bits = bits;
    in.count = count;
    in.position = position;
    nonZero[block] |= found;
  }

  @Override
  public void restart() {
    in.restart();
    zeroBlocks = 0;
  }
}
