package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.run.DepthBlocks.Block;
import org.inceptionspark.nn.run.DepthBlocks.Run;
import org.inceptionspark.nn.run.ProductScheme.Place;
import org.inceptionspark.nn.run.ProductScheme.Term;

/**
 * Convolutions with the same window over the same map, as one matrix product: rows are output
 * pixels, gathered block by block; columns are the output channels of all of them. A scheme may cut
 * the product into smaller ones; a row then represents one pixel of each part of an image.
 */
final class DirectConvolution implements Step {
  /**
   * One of the convolutions.
   *
   * @param matrices one for each product of the scheme
   * @param floor the least value stored: 0 for ReLU
   */
  record Part(String scope, List<PackedMatrix> matrices, float[] bias, float floor, View target) {}

  private final Kernels kernels;
  private final View source;
  private final Window window;
  private final MapShape output;
  private final ProductScheme scheme;
  private final List<Part> parts;
  private final Block[] blocks;
  private final int[] depths;
  private final int top;
  private final int left;
  private final int imageRows;

  /**
   * @param blocks of the depth of one part of the source's channels
   */
  DirectConvolution(
      Kernels kernels,
      View source,
      Window window,
      MapShape output,
      ProductScheme scheme,
      List<Block> blocks,
      List<Part> parts) {
    this.kernels = kernels;
    this.source = source;
    this.window = window;
    this.output = output;
    this.scheme = scheme;
    this.parts = List.copyOf(parts);
    this.blocks = blocks.toArray(Block[]::new);
    this.depths = blocks.stream().mapToInt(Block::depth).toArray();
    this.top = window.top(source.buffer().map());
    this.left = window.left(source.buffer().map());
    this.imageRows = (output.pixels() + scheme.cuts() - 1) / scheme.cuts();
  }

  @Override
  public String name() {
    String scopes = String.join(" + ", parts.stream().map(Part::scope).toList());
    return scopes + " (" + scheme.name() + ")";
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
    return parts.stream()
        .flatMap(part -> part.matrices().stream())
        .mapToLong(PackedMatrix::bytes)
        .sum();
  }

  @Override
  public void run(Memory memory, int first, int count) {
    int rows = count * imageRows;
    int most = Memory.ROWS - Memory.ROWS % kernels.rowMultiple();
    for (int row = 0; row < rows; row += most) {
      int block = Math.min(most, rows - row);
      for (int cut = 0; cut < scheme.cuts(); cut++) {
        locate(memory, cut, first, row, block);
      }
      multiply(memory, block);
    }
  }

  /** Finds each row's window in the source and its pixel in the targets, image by image. */
  private void locate(Memory memory, int cut, int first, int firstRow, int rows) {
    int image = first + firstRow / imageRows;
    int inImage = firstRow % imageRows;
    for (int row = 0; row < rows; ) {
      int count = Math.min(rows - row, imageRows - inImage);
      locateImage(memory, cut, image, cut * imageRows + inImage, row, count);
      row += count;
      inImage = 0;
      image++;
    }
  }

  /** Row by row. The last part of an image may be a pixel short. */
  private void locateImage(Memory memory, int cut, int image, int pixel, int row, int count) {
    int end = Math.min(row + count, row + output.pixels() - pixel);
    int y = pixel / output.width();
    int x = pixel % output.width();
    for (int at = row; at < end; ) {
      int pixels = Math.min(end - at, output.width() - x);
      locateLine(memory, cut, image, y, x, at, pixels);
      at += pixels;
      x = 0;
      y++;
    }
    for (int at = end; at < row + count; at++) {
      locateNowhere(memory, cut, image, at);
    }
  }

  private void locateLine(Memory memory, int cut, int image, int y, int x, int row, int pixels) {
    Buffer buffer = source.buffer();
    int stride = window.stride();
    int from = memory.start(buffer, image) + source.offset(y * stride - top, x * stride - left);
    count(memory.sourceAt[cut], row, pixels, from, stride * buffer.columnPitch());
    for (int p = 0; p < parts.size(); p++) {
      View target = parts.get(p).target();
      int to = memory.start(target.buffer(), image) + target.offset(y, x);
      count(memory.targetAt[cut][p], row, pixels, to, target.buffer().columnPitch());
    }
  }

  /**
   * A row without a pixel reads the first one, and its result is written where nothing reads it.
   */
  private void locateNowhere(Memory memory, int cut, int image, int row) {
    memory.sourceAt[cut][row] = memory.start(source.buffer(), image) + source.offset(-top, -left);
    for (int p = 0; p < parts.size(); p++) {
      View target = parts.get(p).target();
      memory.targetAt[cut][p][row] = memory.nowhere(target.buffer()) + target.channel();
    }
  }

  private static void count(int[] at, int first, int count, int from, int step) {
    for (int i = 0; i < count; i++) {
      at[first + i] = from + i * step;
    }
  }

  private void multiply(Memory memory, int rows) {
    for (int product = 0; product < scheme.products().size(); product++) {
      for (int b = 0; b < blocks.length; b++) {
        gather(memory, scheme.products().get(product).left(), blocks[b], rows);
        for (int p = 0; p < parts.size(); p++) {
          multiply(memory, rows, product, b, p);
        }
      }
    }
  }

  private void gather(Memory memory, List<Term> terms, Block block, int rows) {
    int column = 0;
    for (Run run : block.runs()) {
      if (terms.size() == 1) {
        copy(memory, terms.get(0), run, rows, column);
      } else {
        sum(memory, terms.get(0), terms.get(1), run, rows, column);
      }
      column += run.length();
    }
  }

  private void copy(Memory memory, Term term, Run run, int rows, int column) {
    float[] values = memory.array(source.buffer());
    int[] at = memory.sourceAt[term.row()];
    int delta = delta(term, run);
    for (int row = 0; row < rows; row++) {
      int to = row * Kernels.PITCH + column;
      System.arraycopy(values, at[row] + delta, memory.block, to, run.length());
    }
  }

  private void sum(Memory memory, Term one, Term other, Run run, int rows, int column) {
    kernels.gatherSum(
        rows,
        run.length(),
        memory.array(source.buffer()),
        memory.sourceAt[one.row()],
        delta(one, run),
        other.factor(),
        memory.sourceAt[other.row()],
        delta(other, run),
        memory.block,
        column);
  }

  private int delta(Term term, Run run) {
    return term.column() * (source.channels() / scheme.cuts()) + run.delta();
  }

  private void multiply(Memory memory, int rows, int product, int block, int p) {
    PackedMatrix matrix = parts.get(p).matrices().get(product);
    int depth = depths[block];
    for (int panel = 0; panel < matrix.panels(); panel++) {
      int width = matrix.width(panel);
      float[] b = matrix.values(block, panel);
      for (int row = 0; row < rows; row += kernels.rowMultiple()) {
        int a = row * Kernels.PITCH;
        int tile = Math.min(kernels.rowMultiple(), rows - row);
        kernels.multiply(width, tile, depth, memory.block, a, b, memory.tile, 0, width);
        for (Place place : scheme.products().get(product).places()) {
          place(memory, tile, place, block, matrix, panel, p, row);
        }
      }
    }
  }

  /**
   * Tile by tile, while the sums are in the first-level cache: the stores, which miss it, then
   * overlap with the products of the next tile.
   */
  private void place(
      Memory memory,
      int rows,
      Place place,
      int block,
      PackedMatrix matrix,
      int panel,
      int p,
      int row) {
    Part part = parts.get(p);
    Term term = place.part();
    int[] at = memory.targetAt[term.row()][p];
    float[] target = memory.array(part.target().buffer());
    int width = matrix.width(panel);
    int columns = Math.min(width, matrix.columns() - matrix.column(panel));
    int column = term.column() * matrix.columns() + matrix.column(panel);
    boolean last = place.last() && block == blocks.length - 1;
    float floor = last ? part.floor() : Float.NEGATIVE_INFINITY;
    if (place.first() && block == 0) {
      float[] bias = part.bias();
      kernels.store(
          rows, columns, memory.tile, width, bias, column, floor, target, at, row, column);
    } else {
      kernels.add(rows, columns, term.factor(), memory.tile, width, floor, target, at, row, column);
    }
  }
}
