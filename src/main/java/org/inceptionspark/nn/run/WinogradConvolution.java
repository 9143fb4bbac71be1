package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.MapShape;

/**
 * A convolution by minimal filters (Winograd): the input is cut into tiles, which are transformed,
 * multiplied point by point as matrices of tiles x channels, and transformed back. The grid of
 * tiles is fixed in the image, so a pixel's sums never depend on the batch.
 */
final class WinogradConvolution implements Step {
  private final String scope;
  private final Kernels kernels;
  private final Algorithm algorithm;
  private final View source;
  private final View target;
  private final WinogradWeights weights;
  private final float floor;
  private final WinogradLayout layout;
  private final MapShape output;
  private final int top;
  private final int left;
  private final int tileRows;
  private final int tileColumns;

  WinogradConvolution(
      String scope,
      Kernels kernels,
      Algorithm algorithm,
      View source,
      View target,
      WinogradWeights weights,
      float floor,
      int top,
      int left) {
    this.scope = scope;
    this.kernels = kernels;
    this.algorithm = algorithm;
    this.source = source;
    this.target = target;
    this.weights = weights;
    this.floor = floor;
    this.top = top;
    this.left = left;
    this.output = target.buffer().map();
    this.tileRows = algorithm.rows().tiles(output.height());
    this.tileColumns = algorithm.columns().tiles(output.width());
    this.layout = WinogradLayout.of(algorithm, weights, kernels.rowMultiple());
  }

  @Override
  public String name() {
    return scope + " (" + algorithm + ")";
  }

  @Override
  public View source() {
    return source;
  }

  @Override
  public List<View> targets() {
    return List.of(target);
  }

  @Override
  public Scratch scratch() {
    return layout.scratch();
  }

  @Override
  public long weightBytes() {
    return weights.bytes();
  }

  @Override
  public void run(Memory memory, int first, int count) {
    int tiles = count * tileRows * tileColumns;
    for (int tile = 0; tile < tiles; tile += layout.tiles()) {
      int block = Math.min(layout.tiles(), tiles - tile);
      for (int i = 0; i < block; i++) {
        transformInput(memory, first, tile + i, i * Kernels.PITCH);
      }
      for (int slice = 0; slice < weights.slices(); slice++) {
        multiply(memory, slice, block);
        for (int i = 0; i < block; i++) {
          transformOutput(memory, first, tile + i, slice, i);
        }
      }
    }
  }

  private void transformInput(Memory memory, int first, int tile, int to) {
    Buffer buffer = source.buffer();
    int perImage = tileRows * tileColumns;
    int row = tile % perImage / tileColumns * algorithm.rows().step() - top;
    int column = tile % tileColumns * algorithm.columns().step() - left;
    int from = memory.start(buffer, first + tile / perImage) + source.offset(row, column);
    float[] values = memory.array(buffer);
    if (algorithm.rows().points() == 1) {
      transformLines(memory, values, from, 1, 0, buffer.columnPitch(), to);
    } else if (algorithm.columns().points() == 1) {
      transformLines(memory, values, from, 1, 0, buffer.rowPitch(), to);
    } else {
      int pitch = source.channels();
      int line = algorithm.columns().points() * pitch;
      transformColumns(memory, values, from);
      transformLines(memory, memory.halfway, 0, algorithm.rows().points(), line, pitch, to);
    }
  }

  /**
   * Along the columns of the tile, into the halfway scratch: point x column x channel. Where the
   * source has all channels of its buffer, adjacent columns form one long line.
   */
  private void transformColumns(Memory memory, float[] values, int from) {
    int columns = algorithm.columns().points();
    boolean whole = source.isWhole();
    Buffer buffer = source.buffer();
    kernels.transformInput(
        algorithm.rows().points(),
        whole ? 1 : columns,
        values,
        from,
        buffer.columnPitch(),
        buffer.rowPitch(),
        memory.halfway,
        0,
        layout.halfwayAt(),
        whole ? columns * source.channels() : source.channels());
  }

  /** Along the last axis, into the rows of the matrices; each depth block on its own. */
  private void transformLines(
      Memory memory, float[] values, int from, int lines, int line, int pitch, int to) {
    for (int block = 0; block < weights.depthBlocks(); block++) {
      kernels.transformInput(
          layout.lastFilter().points(),
          lines,
          values,
          from + weights.depthStart(block),
          line,
          pitch,
          memory.transformed,
          to,
          layout.transformedAt(block),
          weights.depth(block));
    }
  }

  private void multiply(Memory memory, int slice, int rows) {
    int pitch = layout.productPitch();
    for (int point = 0; point < weights.points(); point++) {
      PackedMatrix matrix = weights.matrix(point);
      for (int panel = weights.firstPanel(slice); panel < weights.firstPanel(slice + 1); panel++) {
        int column = matrix.column(panel) - matrix.column(weights.firstPanel(slice));
        int product = layout.productAt(point) + column;
        multiply(memory, matrix, point, panel, rows, product, pitch);
      }
    }
  }

  private void multiply(
      Memory memory, PackedMatrix matrix, int point, int panel, int rows, int product, int pitch) {
    int width = matrix.width(panel);
    for (int block = 0; block < weights.depthBlocks(); block++) {
      int a = layout.matrixAt(point, block);
      int depth = weights.depth(block);
      float[] b = matrix.values(block, panel);
      if (block == 0) {
        kernels.multiply(
            width, rows, depth, memory.transformed, a, b, memory.products, product, pitch);
      } else {
        multiplyAdd(memory, a, b, width, rows, depth, product, pitch);
      }
    }
  }

  private void multiplyAdd(
      Memory memory, int a, float[] b, int width, int rows, int depth, int product, int pitch) {
    for (int row = 0; row < rows; row += kernels.rowMultiple()) {
      int tile = Math.min(kernels.rowMultiple(), rows - row);
      int from = a + row * Kernels.PITCH;
      kernels.multiply(width, tile, depth, memory.transformed, from, b, memory.tile, 0, width);
      for (int i = 0; i < tile; i++) {
        memory.targetAt[0][0][i] = product + (row + i) * pitch;
      }
      kernels.add(
          tile,
          width,
          1,
          memory.tile,
          width,
          Float.NEGATIVE_INFINITY,
          memory.products,
          memory.targetAt[0][0],
          0,
          0);
    }
  }

  private void transformOutput(Memory memory, int first, int tile, int slice, int row) {
    int perImage = tileRows * tileColumns;
    int y = tile % perImage / tileColumns * algorithm.rows().outputs();
    int x = tile % tileColumns * algorithm.columns().outputs();
    int height = Math.min(algorithm.rows().outputs(), output.height() - y);
    int width = Math.min(algorithm.columns().outputs(), output.width() - x);
    Buffer buffer = target.buffer();
    int column = weights.column(slice);
    int to = memory.start(buffer, first + tile / perImage) + target.offset(y, x) + column;
    int from = row * layout.productPitch();
    int pitch = layout.pointPitch();
    if (algorithm.rows().points() == 1) {
      store(memory, memory.products, from, pitch, to, 1, width, slice);
    } else if (algorithm.columns().points() == 1) {
      store(memory, memory.products, from, pitch, to, 1, height, slice);
    } else {
      transformColumnsBack(memory, from);
      store(memory, memory.halfway, 0, layout.sliceWidth(), to, height, width, slice);
    }
  }

  private void transformColumnsBack(Memory memory, int from) {
    int pitch = layout.productPitch();
    kernels.transformOutput(
        algorithm.rows().points(),
        algorithm.rows().outputs(),
        memory.products,
        from,
        layout.pointPitch(),
        memory.halfway,
        0,
        pitch,
        pitch);
  }

  /** The last transform, along the axis of the outputs; a tile beyond the edge is clipped. */
  private void store(
      Memory memory, float[] from, int at, int pitch, int to, int lines, int count, int slice) {
    MinimalFilter filter = layout.lastFilter();
    Buffer buffer = target.buffer();
    boolean vertical = algorithm.columns().points() == 1;
    int step = vertical ? buffer.rowPitch() : buffer.columnPitch();
    boolean whole = count == filter.outputs();
    int columns = weights.columns(slice);
    float[] values = memory.array(buffer);
    kernels.transformOutputBiased(
        filter.points(),
        filter.outputs(),
        lines,
        from,
        at,
        layout.productPitch(),
        pitch,
        whole ? values : memory.edge,
        whole ? to : 0,
        whole ? buffer.rowPitch() : filter.outputs() * columns,
        whole ? step : columns,
        columns,
        weights.bias(),
        weights.column(slice),
        floor);
    for (int line = 0; !whole && line < lines; line++) {
      for (int i = 0; i < count; i++) {
        int edge = (line * filter.outputs() + i) * columns;
        int pixel = to + line * buffer.rowPitch() + i * step;
        System.arraycopy(memory.edge, edge, values, pixel, columns);
      }
    }
  }
}
