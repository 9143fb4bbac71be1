package org.inceptionspark.image.jpeg.scan;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** Decodes blocks of sequential scans (ISO/IEC 10918-1, F.2.2), and dequantizes as it goes. */
public final class SequentialBlocks {
  private static final int COEFFICIENTS = 64;

  private final ScanBits in;
  private final int[] predictions = new int[4];

  public SequentialBlocks(ScanBits in) {
    this.in = in;
  }

  public void restart() {
    in.restart();
    Arrays.fill(predictions, 0);
  }

  /**
   * Decodes one block.
   *
   * @param steps factors of the coefficients, in zigzag order
   * @param places their offsets from {@code base}, in zigzag order
   * @param out must be zero where the block goes
   * @return the sum of their absolute values
   */
  public long decode(JpegScan.Part part, int[] steps, int[] places, int[] out, int base)
      throws ImageException {
    byte[] segment = in.segment();
    int lastPosition = in.lastPosition();
    int[] values = part.ac().values;
    int dc = dc(part);
    int value = (short) dc * steps[0];
    out[base] = value;
    long sum = Math.abs(value);
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    int k = 1;
    while (k < COEFFICIENTS) {
      if (count < 32) {
        bits |= ScanBits.longAt(segment, position) >>> count;
        int bytes = 63 - count >> 3;
        position = Math.min(position + bytes, lastPosition);
        count += bytes << 3;
      }
      int entry = values[(int) (bits >>> 64 - HuffmanTable.LOOKUP_BITS)];
      if ((entry & HuffmanTable.NO_VALUE) == 0) {
        k += entry >> 6 & 31;
        bits <<= entry; // shifts by its lower six bits
        count -= entry & 63;
        value = entry >> 16;
      } else {
        int code = part.ac().code(bits);
        int size = code >> 8 & 15;
        int run = code >> 12;
        if (code == HuffmanTable.BAD_CODE) {
          throw badCode();
        }
        bits <<= code;
        count -= code & 63;
        if (size == 0) {
          if (run != 15) {
            break;
          }
          k += 16;
          continue;
        }
        value = HuffmanTable.extended((int) (bits >>> 64 - size), size);
        bits <<= size;
        count -= size;
        k += run + 1;
      }
      if (k > COEFFICIENTS) {
        throw ImageException.corrupt(ImageFormat.JPEG, "a block of more than 64 coefficients");
      }
      value *= steps[k - 1];
      out[base + places[k - 1]] = value;
      sum += Math.abs(value);
    }
    in.bits = bits;
    in.count = count;
    in.position = position;
    return sum;
  }

  private int dc(JpegScan.Part part) throws ImageException {
    int difference = difference(in, part.dc());
    return predictions[part.component()] += difference;
  }

  /** The difference of a DC coefficient from the one before. */
  public static int difference(ScanBits in, HuffmanTable table) throws ImageException {
    if (in.count < 32) {
      in.refill();
    }
    int entry = table.values[(int) (in.bits >>> 64 - HuffmanTable.LOOKUP_BITS)];
    if ((entry & HuffmanTable.NO_VALUE) == 0) {
      in.bits <<= entry;
      in.count -= entry & 63;
      return entry >> 16;
    }
    int size = symbol(in, table);
    return HuffmanTable.extended(in.take(size), size);
  }

  /** The next symbol; at least 32 bits must be available. */
  public static int symbol(ScanBits in, HuffmanTable table) throws ImageException {
    int code = table.code(in.bits);
    if (code == HuffmanTable.BAD_CODE) {
      throw badCode();
    }
    in.bits <<= code;
    in.count -= code & 63;
    return code >> 8;
  }

  public static ImageException badCode() {
    return ImageException.corrupt(ImageFormat.JPEG, "bad Huffman code");
  }
}
