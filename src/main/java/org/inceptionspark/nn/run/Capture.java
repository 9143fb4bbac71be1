package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.tensor.Shape;

/**
 * Copies an end point out before its buffer is reused by another layer.
 *
 * @param index which of the stream's results
 * @param shape of one image
 */
record Capture(String name, int index, Shape shape, View source) implements Step {
  @Override
  public List<View> targets() {
    return List.of();
  }

  @Override
  public void run(Memory memory, int first, int count) {
    MapShape map = source.buffer().map();
    float[] values = memory.array(source.buffer());
    float[] results = memory.captured(index);
    int to = first * shape.elements();
    for (int image = first; image < first + count; image++) {
      int start = memory.start(source.buffer(), image);
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          int from = start + source.offset(y, x);
          System.arraycopy(values, from, results, to, source.channels());
          to += source.channels();
        }
      }
    }
  }
}
