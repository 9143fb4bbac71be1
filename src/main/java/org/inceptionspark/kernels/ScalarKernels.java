package org.inceptionspark.kernels;

import java.util.Arrays;

/** The reference: plain loops, to be read beside {@link Kernels} and to check the others. */
final class ScalarKernels implements Kernels {
  /** Wide, so that C2 can turn the loop over columns into vectors by itself. */
  private static final int WIDTH = 64;

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public int[] panelWidths(int columns) {
    int[] widths = new int[(columns + WIDTH - 1) / WIDTH];
    Arrays.fill(widths, WIDTH);
    return widths;
  }

  @Override
  public int rowMultiple() {
    return 1;
  }

  @Override
  public void multiply(
      int width,
      int rows,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cPitch) {
    for (int row = 0; row < rows; row++) {
      int target = cOffset + row * cPitch;
      Arrays.fill(c, target, target + width, 0f);
      for (int k = 0; k < depth; k++) {
        addProducts(a[aOffset + row * PITCH + k], b, bOffset + k * width, c, target, width);
      }
    }
  }

  private static void addProducts(float a, float[] b, int bOffset, float[] c, int at, int width) {
    for (int j = 0; j < width; j++) {
      c[at + j] = Math.fma(a, b[bOffset + j], c[at + j]);
    }
  }

  @Override
  public void store(
      int rows,
      int columns,
      float[] tile,
      int tilePitch,
      float[] bias,
      int biasOffset,
      float floor,
      float[] target,
      int[] at,
      int column) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < columns; j++) {
        float sum = tile[row * tilePitch + j] + bias[biasOffset + j];
        target[at[row] + column + j] = Math.max(sum, floor);
      }
    }
  }

  @Override
  public void add(
      int rows,
      int columns,
      float[] tile,
      int tilePitch,
      float floor,
      float[] target,
      int[] at,
      int column) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < columns; j++) {
        int element = at[row] + column + j;
        target[element] = Math.max(target[element] + tile[row * tilePitch + j], floor);
      }
    }
  }

  @Override
  public void maximum(
      int height,
      int width,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    for (int channel = 0; channel < channels; channel++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int element = offset + y * rowPitch + x * columnPitch + channel;
          largest = Math.max(largest, source[element]);
        }
      }
      target[targetOffset + channel] = largest;
    }
  }

  @Override
  public void average(
      int height,
      int width,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float scale,
      float[] bias,
      float floor,
      float[] target,
      int targetOffset) {
    for (int channel = 0; channel < channels; channel++) {
      float sum = 0f;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          sum += source[offset + y * rowPitch + x * columnPitch + channel];
        }
      }
      target[targetOffset + channel] = Math.max(Math.fma(sum, scale, bias[channel]), floor);
    }
  }
}
