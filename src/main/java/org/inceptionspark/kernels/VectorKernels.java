package org.inceptionspark.kernels;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The methods of {@link ScalarKernels}, with the loop over channels in vectors. */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LANES = VectorWidth.LANES;

  private final RegisterTile tiles =
      RegisterTile.of(VectorApi.registers(), Runtime.version().feature());

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "vector, %d bits, tiles %s",
        LANES * 32,
        tiles.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public int[] panelWidths(int columns) {
    return tiles.panelWidths(columns, LANES);
  }

  @Override
  public int rowMultiple() {
    return tiles.rowMultiple();
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
    boolean narrow = width == LANES;
    switch (tiles) {
      case ROWS_14 -> {
        int whole = tiles.wholeTiles(rows);
        int few = rows - whole;
        int fewA = aOffset + whole * PITCH;
        int fewC = cOffset + whole * cPitch;
        if (narrow) {
          Tile14x1.multiply(whole, depth, a, aOffset, b, c, cOffset, cPitch);
          Tile4x1.multiply(few, depth, a, fewA, b, c, fewC, cPitch);
        } else {
          Tile14x2.multiply(whole, depth, a, aOffset, b, c, cOffset, cPitch);
          Tile4x2.multiply(few, depth, a, fewA, b, c, fewC, cPitch);
        }
      }
      case ROWS_6 -> {
        if (narrow) {
          Tile6x1.multiply(rows, depth, a, aOffset, b, c, cOffset, cPitch);
        } else {
          Tile6x2.multiply(rows, depth, a, aOffset, b, c, cOffset, cPitch);
        }
      }
      case ROWS_4_OR_3 -> {
        if (width == 3 * LANES) {
          Tile3x3.multiply(rows, depth, a, aOffset, b, c, cOffset, cPitch);
        } else if (narrow) {
          Tile4x1.multiply(rows, depth, a, aOffset, b, c, cOffset, cPitch);
        } else {
          Tile4x2.multiply(rows, depth, a, aOffset, b, c, cOffset, cPitch);
        }
      }
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
    FloatVector sign = FloatVector.broadcast(SPECIES, factor);
    int whole = SPECIES.loopBound(length);
    for (int row = 0; row < rows; row++) {
      int one = first[row] + firstDelta;
      int other = second[row] + secondDelta;
      int to = row * PITCH + column;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector.fromArray(SPECIES, source, other + j)
            .fma(sign, FloatVector.fromArray(SPECIES, source, one + j))
            .intoArray(block, to + j);
      }
      for (int j = whole; j < length; j++) {
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
    FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset + j);
      for (int row = 0; row < rows; row++) {
        FloatVector.fromArray(SPECIES, tile, row * tilePitch + j)
            .add(b)
            .max(lowest)
            .intoArray(target, at[first + row] + column + j);
      }
    }
    for (int j = whole; j < columns; j++) {
      for (int row = 0; row < rows; row++) {
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
    FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
    FloatVector sign = FloatVector.broadcast(SPECIES, factor);
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      for (int row = 0; row < rows; row++) {
        int element = at[first + row] + column + j;
        FloatVector.fromArray(SPECIES, tile, row * tilePitch + j)
            .fma(sign, FloatVector.fromArray(SPECIES, target, element))
            .max(lowest)
            .intoArray(target, element);
      }
    }
    for (int j = whole; j < columns; j++) {
      for (int row = 0; row < rows; row++) {
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
    if (height == 3 && width == 3) {
      VectorPools.maximum3x3(channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    } else {
      VectorPools.maximum(
          height, width, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
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
    if (height == 3 && width == 3) {
      VectorPools.sum3x3(channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    } else {
      VectorPools.sum(
          height, width, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    }
    VectorPools.scale(channels, scale, bias, floor, target, targetOffset);
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
    VectorTransforms.input(points, lines, in, inAt, inLine, pitch, out, outAt, at, 0, channels);
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
    VectorTransforms.output(points, outputs, in, inAt, inPitch, out, outAt, outPitch, 0, channels);
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
    VectorTransforms.biased(
        points, outputs, lines, in, inAt, inLine, inPitch, out, outAt, outLine, outPitch, 0,
        channels, bias, biasAt, floor);
  }
}
