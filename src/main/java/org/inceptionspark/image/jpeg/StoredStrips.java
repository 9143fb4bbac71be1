package org.inceptionspark.image.jpeg;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.jpeg.sample.Strip;
import org.inceptionspark.image.jpeg.sample.StripPlane;
import org.inceptionspark.image.jpeg.scan.Coefficients;
import org.inceptionspark.image.jpeg.scan.JpegFrame;

/** Strips from coefficients that earlier scans have stored. */
final class StoredStrips implements StripSource {
  private final Coefficients coefficients;
  private final List<int[]> steps;
  private final BlockSmoothing smoothing;
  private final int[] estimates = new int[Coefficients.OF_BLOCK];

  StoredStrips(JpegFrame frame, Coefficients coefficients, List<int[]> steps) {
    this.coefficients = coefficients;
    this.steps = steps;
    this.smoothing = new BlockSmoothing(frame, coefficients, steps);
  }

  @Override
  public void read(Strip strip, int firstRow, int rows) {
    for (int i = 0; i < strip.layout.planes.size(); i++) {
      boolean isEstimated = smoothing.appliesTo(i);
      int v = strip.layout.planes.get(i).v();
      for (int row = 0; row < rows; row++) {
        for (int y = 0; y < v; y++) {
          blocks(strip, i, row, y, (firstRow + row) * v + y, isEstimated);
        }
      }
    }
  }

  private void blocks(
      Strip strip, int component, int row, int y, int storedRow, boolean isEstimated) {
    StripPlane plane = strip.layout.planes.get(component);
    int first = plane.firstBlock() + y * plane.h();
    int across = coefficients.blocksAcross[component];
    for (int column = 0; column < across; column++) {
      int block = first + column % plane.h();
      int lane = strip.layout.lane(row, column / plane.h());
      long sum = copy(strip, component, block, lane, storedRow * across + column);
      if (isEstimated) {
        sum += estimate(strip, component, block, lane, storedRow, column);
      }
      strip.check(block, lane, sum);
    }
  }

  private long copy(Strip strip, int component, int block, int lane, int stored) {
    int[] step = steps.get(component);
    int[] places = strip.places[component];
    int[] numbers = strip.numbers;
    short[] values = coefficients.values[component];
    int base = strip.base(block, lane);
    int from = stored * Coefficients.OF_BLOCK;
    int dc = values[from] * step[0];
    numbers[base] = dc;
    long sum = Math.abs(dc);
    boolean isMean = strip.layout.planes.get(component).size() == 1;
    for (long left = isMean ? 0 : coefficients.nonZero[component][stored];
        left != 0;
        left &= left - 1) {
      int k = Long.numberOfTrailingZeros(left);
      int value = values[from + k] * step[k];
      numbers[base + places[k]] = value;
      sum += Math.abs(value);
    }
    return sum;
  }

  private long estimate(
      Strip strip, int component, int block, int lane, int storedRow, int column) {
    int[] step = steps.get(component);
    int base = strip.base(block, lane);
    Arrays.fill(estimates, Integer.MIN_VALUE);
    smoothing.estimate(component, storedRow, column, estimates);
    long sum = 0;
    for (int k = 0; k < estimates.length; k++) {
      if (estimates[k] != Integer.MIN_VALUE) {
        int value = estimates[k] * step[k];
        strip.numbers[base + strip.places[component][k]] = value;
        sum += Math.abs(value);
      }
    }
    return sum;
  }
}
