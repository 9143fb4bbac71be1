package org.inceptionspark.kernels;

import java.util.Arrays;

/** The reference: plain loops, to read beside {@link Kernels} and to check the others against. */
final class ScalarKernels implements Kernels {
  /** Wide, so that C2 can vectorize the loop over columns by itself. */
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
      float[] c,
      int cOffset,
      int cPitch) {
    for (int row = 0; row < rows; row++) {
      int target = cOffset + row * cPitch;
      Arrays.fill(c, target, target + width, 0f);
      for (int k = 0; k < depth; k++) {
        addProducts(a[aOffset + row * PITCH + k], b, k * width, c, target, width);
      }
    }
  }

  private static void addProducts(float a, float[] b, int bOffset, float[] c, int at, int width) {
    for (int j = 0; j < width; j++) {
      c[at + j] = Math.fma(a, b[bOffset + j], c[at + j]);
    }
  }

  @Override
  public void gatherSum(
      int rows,
      int length,
      float[] source,
      int[] first,
      int firstDelta,
      float factor,
      int[] second,
      int secondDelta,
      float[] block,
      int column) {
    for (int row = 0; row < rows; row++) {
      int one = first[row] + firstDelta;
      int other = second[row] + secondDelta;
      int to = row * PITCH + column;
      for (int j = 0; j < length; j++) {
        block[to + j] = Math.fma(source[other + j], factor, source[one + j]);
      }
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
      int first,
      int column) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < columns; j++) {
        float sum = tile[row * tilePitch + j] + bias[biasOffset + j];
        target[at[first + row] + column + j] = Math.max(sum, floor);
      }
    }
  }

  @Override
  public void add(
      int rows,
      int columns,
      float factor,
      float[] tile,
      int tilePitch,
      float floor,
      float[] target,
      int[] at,
      int first,
      int column) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < columns; j++) {
        int element = at[first + row] + column + j;
        float sum = Math.fma(tile[row * tilePitch + j], factor, target[element]);
        target[element] = Math.max(sum, floor);
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
    ScalarPools.maximum(
        height, width, 0, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
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
    ScalarPools.sum(
        height, width, 0, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    ScalarPools.scale(0, channels, scale, bias, floor, target, targetOffset);
  }

  @Override
  public void transformInput(
      int points,
      int lines,
      float[] in,
      int inAt,
      int inLine,
      int pitch,
      float[] out,
      int outAt,
      int[] at,
      int channels) {
    ScalarTransforms.input(points, lines, in, inAt, inLine, pitch, out, outAt, at, 0, channels);
  }

  @Override
  public void transformOutput(
      int points,
      int outputs,
      float[] in,
      int inAt,
      int inPitch,
      float[] out,
      int outAt,
      int outPitch,
      int channels) {
    ScalarTransforms.output(points, outputs, in, inAt, inPitch, out, outAt, outPitch, 0, channels);
  }

  @Override
  public void transformOutputBiased(
      int points,
      int outputs,
      int lines,
      float[] in,
      int inAt,
      int inLine,
      int inPitch,
      float[] out,
      int outAt,
      int outLine,
      int outPitch,
      int channels,
      float[] bias,
      int biasAt,
      float floor) {
    ScalarTransforms.biased(
        points, outputs, lines, in, inAt, inLine, inPitch, out, outAt, outLine, outPitch, 0,
        channels, bias, biasAt, floor);
  }
}
