package org.inceptionspark.image.jpeg.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.jpeg.scan.Coefficients;
import org.inceptionspark.image.jpeg.scan.ZigZag;

/**
 * One strip's numbers: first the dequantized coefficients, then in their place the samples. Blocks
 * with enormous coefficients, which only damaged files have, are set aside for a transform in 64
 * bits.
 */
public final class Strip {
  /**
   * With less than this sum of absolute values no step of the transform leaves 32 bits: the first
   * pass makes them 5.6 times as large at most, the second multiplies by 2^15 at most.
   */
  private static final long LARGEST_SUM = 11_000;

  public final StripLayout layout;
  public final int[] numbers;

  /**
   * For each component, and each coefficient in zigzag order: its offset from its block's first
   * number. Where only the mean level is used, all others go to one place that is not read.
   */
  public final int[][] places;

  private final List<LargeBlock> largeBlocks = new ArrayList<>();

  private record LargeBlock(int block, int lane, int[] coefficients) {}

  public Strip(StripLayout layout) {
    this.layout = layout;
    this.numbers = new int[layout.length(layout.blocks * Coefficients.OF_BLOCK)];
    this.places = new int[layout.planes.size()][Coefficients.OF_BLOCK];
    for (int i = 0; i < places.length; i++) {
      boolean isMean = layout.planes.get(i).size() == 1;
      Arrays.setAll(places[i], k -> layout.step * (isMean ? Math.min(1, k) : ZigZag.NATURAL[k]));
    }
  }

  public void clear() {
    for (StripPlane plane : layout.planes) {
      if (plane.size() > 1) { // the mean level is always written
        int blocks = plane.h() * plane.v();
        Arrays.fill(numbers, base(plane.firstBlock(), 0), base(plane.firstBlock() + blocks, 0), 0);
      }
    }
    largeBlocks.clear();
  }

  /** Where a block's first number is. */
  public int base(int block, int lane) {
    return layout.row(block * Coefficients.OF_BLOCK) + lane;
  }

  /** Sets a block aside if its coefficients are that large. */
  public void check(int block, int lane, long sum) {
    if (sum > LARGEST_SUM) {
      int[] coefficients = new int[Coefficients.OF_BLOCK];
      int base = base(block, lane);
      for (int i = 0; i < coefficients.length; i++) {
        coefficients[i] = numbers[base + i * layout.step];
      }
      largeBlocks.add(new LargeBlock(block, lane, coefficients));
    }
  }

  /** Replaces what the fast transform made of blocks that were set aside. */
  public void patch(StripPlane plane) {
    int last = plane.firstBlock() + plane.h() * plane.v();
    for (LargeBlock large : largeBlocks) {
      if (large.block >= plane.firstBlock() && large.block < last) {
        int[] samples = LongTransform.samples(large.coefficients, plane.size());
        int base = base(large.block, large.lane);
        for (int i = 0; i < samples.length; i++) {
          numbers[base + i * layout.step] = samples[i];
        }
      }
    }
  }
}
