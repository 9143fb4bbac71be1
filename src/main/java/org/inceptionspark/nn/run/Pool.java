package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;

/** A pool over the part of each window that lies inside the map. */
final class Pool implements Step {
  /** How the elements of a window are combined. */
  sealed interface Reduction {}

  record Maximum() implements Reduction {}

  /**
   * @param bias added to each mean: that of a convolution that was moved before its pool
   * @param floor the least value stored
   */
  record Mean(Divisor divisor, float[] bias, float floor) implements Reduction {}

  private final String name;
  private final Kernels kernels;
  private final View source;
  private final View target;
  private final Window window;
  private final Reduction reduction;

  Pool(String name, Kernels kernels, View source, Window window, Reduction reduction, View target) {
    this.name = name;
    this.kernels = kernels;
    this.source = source;
    this.window = window;
    this.reduction = reduction;
    this.target = target;
  }

  @Override
  public String name() {
    return name + " (pool)";
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
  public void run(Memory memory, int first, int count) {
    MapShape output = target.buffer().map();
    for (int image = first; image < first + count; image++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++) {
          pixel(memory, image, y, x);
        }
      }
    }
  }

  private void pixel(Memory memory, int image, int y, int x) {
    MapShape map = source.buffer().map();
    int row = y * window.stride() - window.top(map);
    int column = x * window.stride() - window.left(map);
    int top = Math.max(row, 0);
    int left = Math.max(column, 0);
    int height = Math.min(row + window.kernel().height(), map.height()) - top;
    int width = Math.min(column + window.kernel().width(), map.width()) - left;
    Buffer from = source.buffer();
    float[] values = memory.array(from);
    int at = memory.start(from, image) + source.offset(top, left);
    float[] results = memory.array(target.buffer());
    int to = memory.start(target.buffer(), image) + target.offset(y, x);
    if (reduction instanceof Mean mean) {
      kernels.average(
          height,
          width,
          source.channels(),
          values,
          at,
          from.rowPitch(),
          from.columnPitch(),
          1f / divisor(mean, height, width),
          mean.bias(),
          mean.floor(),
          results,
          to);
    } else {
      kernels.maximum(
          height,
          width,
          source.channels(),
          values,
          at,
          from.rowPitch(),
          from.columnPitch(),
          results,
          to);
    }
  }

  private int divisor(Mean mean, int height, int width) {
    return switch (mean.divisor()) {
      case EXISTING -> height * width;
      case WINDOW -> window.kernel().height() * window.kernel().width();
    };
  }
}
