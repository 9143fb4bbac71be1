package org.inceptionspark.weights.torch;

import java.nio.ByteBuffer;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.torch.TorchObjects.View;

/** The values of a view in logical row-major order, whatever its strides. */
final class StridedValues {
  private final float[] span;
  private final Shape shape;
  private final View view;
  private final float[] values;
  private int written;

  private StridedValues(float[] span, Shape shape, View view) {
    this.span = span;
    this.shape = shape;
    this.view = view;
    this.values = new float[shape.elements()];
  }

  static float[] read(TorchStorages storages, View view, Shape shape) {
    int elements = shape.elements();
    if (elements == 0) {
      return new float[0];
    }
    long reach = reach(view, shape);
    if (reach < 0 || view.offset() < 0 || view.offset() > view.storage().elements() - reach) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE,
          storages.file(),
          "a view of "
              + reach
              + " elements from "
              + view.offset()
              + " in a storage of "
              + view.storage().elements());
    }
    if (elements > reach) {
      throw new WeightsException(
          Kind.UNSUPPORTED, storages.file(), "an expanded view: " + shape + " of " + reach);
    }
    ByteBuffer stored = storages.read(view.storage(), view.offset(), reach);
    float[] span = new float[Math.toIntExact(reach)];
    view.storage().dtype().decode(stored, span, 0, span.length);
    if (rowMajor(view, shape)) {
      return span;
    }
    StridedValues gathered = new StridedValues(span, shape, view);
    gathered.gather(0, 0);
    return gathered.values;
  }

  /**
   * Elements from the first to the last one that the view covers; -1 if there can be no such view.
   */
  private static long reach(View view, Shape shape) {
    long last = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long stride = axis < view.strides().size() ? view.strides().get(axis) : -1;
      if (stride < 0 || stride > Integer.MAX_VALUE) {
        return -1;
      }
      last += (shape.dimension(axis) - 1) * stride;
    }
    return last < Integer.MAX_VALUE ? last + 1 : -1;
  }

  private static boolean rowMajor(View view, Shape shape) {
    long expected = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      if (shape.dimension(axis) > 1 && view.strides().get(axis) != expected) {
        return false;
      }
      expected *= shape.dimension(axis);
    }
    return true;
  }

  private void gather(int axis, int from) {
    if (axis == shape.rank()) {
      values[written++] = span[from];
      return;
    }
    int stride = view.strides().get(axis).intValue();
    for (int i = 0; i < shape.dimension(axis); i++) {
      gather(axis + 1, from + i * stride);
    }
  }
}
