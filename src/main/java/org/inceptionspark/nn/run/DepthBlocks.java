package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.KernelSize;

/**
 * How the terms of a convolution's sums are cut into blocks and gathered. The cut depends only on
 * the layer, so every kernel adds the same blocks in the same order.
 */
final class DepthBlocks {
  /**
   * Contiguous floats of the source.
   *
   * @param delta from the window's first element
   */
  record Run(int delta, int length) {}

  /** The runs whose floats, one after the other, are the terms of one block. */
  record Block(List<Run> runs) {
    int depth() {
      return runs.stream().mapToInt(Run::length).sum();
    }
  }

  /** Floats of a cache line; {@link Kernels#MAX_DEPTH} is a multiple of it. */
  private static final int LINE = 16;

  private DepthBlocks() {}

  /** The blocks of a window over {@code source}, in HWI order. */
  static List<Block> of(KernelSize kernel, View source) {
    return blocks(runs(kernel, source));
  }

  /** A row of the window is one run where its pixels are contiguous. */
  private static List<Run> runs(KernelSize kernel, View source) {
    Buffer buffer = source.buffer();
    List<Run> runs = new ArrayList<>();
    for (int y = 0; y < kernel.height(); y++) {
      if (source.isWhole()) {
        runs.addAll(cut(y * buffer.rowPitch(), kernel.width() * source.channels()));
      } else {
        for (int x = 0; x < kernel.width(); x++) {
          runs.addAll(cut(y * buffer.rowPitch() + x * buffer.columnPitch(), source.channels()));
        }
      }
    }
    return runs;
  }

  private static List<Run> cut(int delta, int length) {
    int parts = (length + Kernels.MAX_DEPTH - 1) / Kernels.MAX_DEPTH;
    List<Run> runs = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = boundary(length, part, parts);
      int to = boundary(length, part + 1, parts);
      runs.add(new Run(delta + from, to - from));
    }
    return runs;
  }

  /** Cuts at cache lines, so that rows are copied line by line. */
  private static int boundary(int length, int part, int parts) {
    int exact = (int) ((long) length * part / parts);
    return Math.min(length, (exact + LINE - 1) / LINE * LINE);
  }

  private static List<Block> blocks(List<Run> runs) {
    List<Block> blocks = new ArrayList<>();
    List<Run> open = new ArrayList<>();
    int depth = 0;
    for (Run run : runs) {
      if (depth + run.length() > Kernels.MAX_DEPTH) {
        blocks.add(new Block(List.copyOf(open)));
        open.clear();
        depth = 0;
      }
      open.add(run);
      depth += run.length();
    }
    blocks.add(new Block(List.copyOf(open)));
    return blocks;
  }
}
