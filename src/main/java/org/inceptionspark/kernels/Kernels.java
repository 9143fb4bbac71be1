package org.inceptionspark.kernels;

/**
 * The arithmetic of the network. All implementations give the same bits: every output element is
 * one chain of fused multiply-adds in order of depth, starting from zero, and lanes are always
 * output channels, never parts of a sum.
 *
 * <p>Arguments are offsets and sizes in floats; nothing is checked.
 */
public interface Kernels {
  /**
   * Floats from one row of a gathered block to the next. A constant, so that a tile addresses all
   * its rows with one index; 25 cache lines, an odd number, so that rows spread over all cache
   * sets.
   */
  int PITCH = 400;

  /** The most terms that one block of a sum may have; longer sums are sums of blocks. */
  int MAX_DEPTH = 384;

  /** For the log: which implementation, width and tile. */
  String description();

  /** The widths of the panels into which {@code columns} columns of a matrix B are packed. */
  int[] panelWidths(int columns);

  /** Blocks of rows must have room for a multiple of this many rows. */
  int rowMultiple();

  /**
   * C = A B for one packed panel: {@code c[row][j] = sum over k of a[row][k] * b[k][j]}.
   *
   * @param width columns of the panel, one of {@link #panelWidths}
   * @param rows rows to compute; rounded up to {@link #rowMultiple}
   * @param depth terms of each sum, at most {@link #MAX_DEPTH}
   * @param a rows {@link #PITCH} apart
   * @param b {@code depth} rows of {@code width} values
   * @param c rows {@code cPitch} apart
   */
  void multiply(
      int width,
      int rows,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      float[] c,
      int cOffset,
      int cPitch);

  /**
   * Gathers sums of two rows: {@code block[row][column + j] = source[first[row] + firstDelta + j] +
   * factor * source[second[row] + secondDelta + j]}.
   *
   * @param length values of a row
   * @param factor 1 or -1
   * @param block rows {@link #PITCH} apart
   */
  void gatherSum(
      int rows,
      int length,
      float[] source,
      int[] first,
      int firstDelta,
      float factor,
      int[] second,
      int secondDelta,
      float[] block,
      int column);

  /**
   * Stores the first block of sums: {@code target[at[first + row] + column + j] = max(tile[row][j]
   * + bias[j], floor)}.
   *
   * @param columns values of a row, at most the tile's width
   * @param at where each row of the target begins, from {@code first} on
   */
  void store(
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
      int column);

  /**
   * Adds a further block: {@code target[at[first + row] + column + j] = max(target[...] + factor *
   * tile[row][j], floor)}.
   *
   * @param factor 1 or -1
   */
  void add(
      int rows,
      int columns,
      float factor,
      float[] tile,
      int tilePitch,
      float floor,
      float[] target,
      int[] at,
      int first,
      int column);

  /**
   * One output pixel of a maximum pool.
   *
   * @param source the window's first element at {@code offset}; rows {@code rowPitch} apart,
   *     columns {@code columnPitch}
   */
  void maximum(
      int height,
      int width,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset);

  /**
   * One output pixel of an average pool: {@code max(fma(sum, scale, bias), floor)}, the sum taken
   * row by row.
   */
  void average(
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
      int targetOffset);

  /**
   * Winograd's transform of the input along one axis, for each channel separately: in each line,
   * {@code points} elements {@code pitch} apart become as many values, value {@code j} of line
   * {@code i} at {@code out[outAt + at[i * points + j]]}. One call takes many lines, since a line
   * of few channels is shorter than the overhead of a call.
   *
   * @param inLine from one line of the input to the next
   */
  void transformInput(
      int points,
      int lines,
      float[] in,
      int inAt,
      int inLine,
      int pitch,
      float[] out,
      int outAt,
      int[] at,
      int channels);

  /** Winograd's transform back: {@code points} products become {@code outputs} outputs. */
  void transformOutput(
      int points,
      int outputs,
      float[] in,
      int inAt,
      int inPitch,
      float[] out,
      int outAt,
      int outPitch,
      int channels);

  /** {@link #transformOutput} of each line, and {@code max(output + bias, floor)} of the result. */
  void transformOutputBiased(
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
      float floor);
}
