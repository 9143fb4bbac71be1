package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.MapShape;

/**
 * A convolution by minimal filters: tiles of the input are transformed, multiplied point by point
 * as matrices of tiles x channels, and transformed back. Tiles lie on a grid fixed in the image, so
 * a pixel's sums never depend on the batch.
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
      transformAxis(memory, values, from, buffer.columnPitch(), 0, to);
    } else if (algorithm.columns().points() == 1) {
      transformAxis(memory, values, from, buffer.rowPitch(), 0, to);
    } else {
      transformRows(memory, values, from);
      int pitch = source.channels();
      int columns = algorithm.columns().points();
      for (int i = 0; i < algorithm.rows().points(); i++) {
        transformAxis(memory, memory.halfway, i * columns * pitch, pitch, i, to);
      }
    }
  }

  /** Along the columns of the tile, into the halfway scratch: point x column x channel. */
  private void transformRows(Memory memory, float[] values, int from) {
    int points = algorithm.rows().points();
    int columns = algorithm.columns().points();
    int channels = source.channels();
    Buffer buffer = source.buffer();
    if (source.isWhole()) {
      kernels.transformInput(
          points,
          values,
          from,
          buffer.rowPitch(),
          memory.halfway,
          0,
          layout.halfwayAt(),
          columns * channels);
      return;
    }
    for (int x = 0; x < columns; x++) {
      kernels.transformInput(
          points,
          values,
          from + x * buffer.columnPitch(),
          buffer.rowPitch(),
          memory.halfway,
          x * channels,
          layout.halfwayAt(),
          channels);
    }
  }

  /** Along one axis, into the rows of the matrices; each depth block on its own. */
  private void transformAxis(Memory memory, float[] values, int from, int pitch, int row, int to) {
    int points = layout.axisPoints();
    for (int block = 0; block < weights.depthBlocks(); block++) {
      kernels.transformInput(
          points,
          values,
          from + weights.depthStart(block),
          pitch,
          memory.transformed,
          to,
          layout.transformedAt(block, row),
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
      float[] values = matrix.block(block);
      int b = matrix.start(panel, depth);
      if (block == 0) {
        kernels.multiply(
            width, rows, depth, memory.transformed, a, values, b, memory.products, product, pitch);
      } else {
        multiplyAdd(memory, values, a, b, width, rows, depth, product, pitch);
      }
    }
  }

  private void multiplyAdd(
      Memory memory,
      float[] values,
      int a,
      int b,
      int width,
      int rows,
      int depth,
      int product,
      int pitch) {
    for (int row = 0; row < rows; row += kernels.rowMultiple()) {
      int tile = Math.min(kernels.rowMultiple(), rows - row);
      int from = a + row * Kernels.PITCH;
      kernels.multiply(
          width, tile, depth, memory.transformed, from, values, b, memory.tile, 0, width);
      for (int i = 0; i < tile; i++) {
        memory.sourceAt[i] = product + (row + i) * pitch;
      }
      kernels.add(
          tile,
          width,
          memory.tile,
          width,
          Float.NEGATIVE_INFINITY,
          memory.products,
          memory.sourceAt,
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
    if (algorithm.rows().points() == 1) {
      store(memory, memory.products, from, layout.pointPitch(), to, width, slice);
    } else if (algorithm.columns().points() == 1) {
      store(memory, memory.products, from, layout.pointPitch(), to, height, slice);
    } else {
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
      for (int i = 0; i < height; i++) {
        int line = to + i * buffer.rowPitch();
        store(memory, memory.halfway, i * pitch, layout.sliceWidth(), line, width, slice);
      }
    }
  }

  /** The last transform, along the axis of the outputs; a tile over the edge is cut off. */
  private void store(Memory memory, float[] from, int at, int pitch, int to, int count, int slice) {
    MinimalFilter filter = layout.lastFilter();
    boolean whole = count == filter.outputs();
    int step =
        algorithm.columns().points() == 1
            ? target.buffer().rowPitch()
            : target.buffer().columnPitch();
    int columns = weights.columns(slice);
    float[] values = memory.array(target.buffer());
    kernels.transformOutputBiased(
        filter.points(),
        filter.outputs(),
        from,
        at,
        pitch,
        whole ? values : memory.edge,
        whole ? to : 0,
        whole ? step : columns,
        columns,
        weights.bias(),
        weights.column(slice),
        floor);
    for (int i = 0; !whole && i < count; i++) {
      System.arraycopy(memory.edge, i * columns, values, to + i * step, columns);
    }
  }
}
