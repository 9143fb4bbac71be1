package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.run.DepthBlocks.Block;
import org.inceptionspark.nn.run.DepthBlocks.Run;

/**
 * Convolutions with the same window over the same map, as one matrix product: rows are output
 * pixels, gathered block by block; columns are the output channels of all of them.
 */
final class DirectConvolution implements Step {
  /**
   * One of the convolutions.
   *
   * @param floor the least value stored: 0 for ReLU
   */
  record Part(String scope, PackedMatrix matrix, float[] bias, float floor, View target) {}

  private final Kernels kernels;
  private final View source;
  private final Window window;
  private final MapShape output;
  private final List<Part> parts;
  private final Block[] blocks;
  private final int[] depths;
  private final int top;
  private final int left;

  DirectConvolution(
      Kernels kernels,
      View source,
      Window window,
      MapShape output,
      List<Block> blocks,
      List<Part> parts) {
    this.kernels = kernels;
    this.source = source;
    this.window = window;
    this.output = output;
    this.parts = List.copyOf(parts);
    this.blocks = blocks.toArray(Block[]::new);
    this.depths = blocks.stream().mapToInt(Block::depth).toArray();
    this.top = window.top(source.buffer().map());
    this.left = window.left(source.buffer().map());
  }

  @Override
  public String name() {
    return String.join(" + ", parts.stream().map(Part::scope).toList()) + " (direct)";
  }

  @Override
  public View source() {
    return source;
  }

  @Override
  public List<View> targets() {
    return parts.stream().map(Part::target).toList();
  }

  @Override
  public long weightBytes() {
    return parts.stream().mapToLong(part -> part.matrix().bytes()).sum();
  }

  @Override
  public void run(Memory memory, int first, int count) {
    int rows = count * output.pixels();
    for (int row = 0; row < rows; row += Memory.ROWS) {
      int block = Math.min(Memory.ROWS, rows - row);
      locate(memory, first, row, block);
      multiply(memory, block);
    }
  }

  /** Finds each row's window in the source and its pixel in the targets, line by line. */
  private void locate(Memory memory, int first, int firstRow, int rows) {
    int image = first + firstRow / output.pixels();
    int pixel = firstRow % output.pixels();
    int y = pixel / output.width();
    int x = pixel % output.width();
    for (int row = 0; row < rows; ) {
      int pixels = Math.min(rows - row, output.width() - x);
      locateLine(memory, image, y, x, row, pixels);
      row += pixels;
      x = 0;
      y++;
      if (y == output.height()) {
        y = 0;
        image++;
      }
    }
  }

  private void locateLine(Memory memory, int image, int y, int x, int row, int pixels) {
    Buffer buffer = source.buffer();
    int stride = window.stride();
    int from = memory.start(buffer, image) + source.offset(y * stride - top, x * stride - left);
    count(memory.sourceAt, row, pixels, from, stride * buffer.columnPitch());
    for (int p = 0; p < parts.size(); p++) {
      View target = parts.get(p).target();
      int to = memory.start(target.buffer(), image) + target.offset(y, x);
      count(memory.targetAt[p], row, pixels, to, target.buffer().columnPitch());
    }
  }

  private static void count(int[] at, int first, int count, int from, int step) {
    for (int i = 0; i < count; i++) {
      at[first + i] = from + i * step;
    }
  }

  private void multiply(Memory memory, int rows) {
    float[] values = memory.array(source.buffer());
    for (int b = 0; b < blocks.length; b++) {
      gather(values, memory, blocks[b], rows);
      for (int p = 0; p < parts.size(); p++) {
        multiply(memory, rows, b, parts.get(p), memory.targetAt[p]);
      }
    }
  }

  private static void gather(float[] values, Memory memory, Block block, int rows) {
    int column = 0;
    for (Run run : block.runs()) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            values,
            memory.sourceAt[row] + run.delta(),
            memory.block,
            row * Kernels.PITCH + column,
            run.length());
      }
      column += run.length();
    }
  }

  private void multiply(Memory memory, int rows, int block, Part part, int[] at) {
    PackedMatrix matrix = part.matrix();
    int depth = depths[block];
    float[] values = matrix.block(block);
    float floor = block == blocks.length - 1 ? part.floor() : Float.NEGATIVE_INFINITY;
    for (int panel = 0; panel < matrix.panels(); panel++) {
      int width = matrix.width(panel);
      int b = matrix.start(panel, depth);
      for (int row = 0; row < rows; row += kernels.rowMultiple()) {
        int a = row * Kernels.PITCH;
        int tile = Math.min(kernels.rowMultiple(), rows - row);
        kernels.multiply(width, tile, depth, memory.block, a, values, b, memory.tile, 0, width);
        place(memory, tile, block, panel, part, floor, at, row);
      }
    }
  }

  /**
   * Tile by tile, while the sums are in the first-level cache: the stores, which miss it, then
   * drain under the products of the next tile.
   */
  private void place(
      Memory memory, int rows, int block, int panel, Part part, float floor, int[] at, int row) {
    PackedMatrix matrix = part.matrix();
    float[] target = memory.array(part.target().buffer());
    int width = matrix.width(panel);
    int column = matrix.column(panel);
    int columns = Math.min(width, matrix.columns() - column);
    if (block == 0) {
      float[] bias = part.bias();
      kernels.store(
          rows, columns, memory.tile, width, bias, column, floor, target, at, row, column);
    } else {
      kernels.add(rows, columns, memory.tile, width, floor, target, at, row, column);
    }
  }
}
