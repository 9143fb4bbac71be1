package org.inceptionspark.weights.tensorflow;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** Assembles the slices of a partitioned variable, and requires that they cover it exactly. */
final class SliceAssembler {
  private SliceAssembler() {}

  /**
   * The whole tensor's values.
   *
   * @param values reads the values of one slice
   */
  static float[] assemble(
      String file, Shape shape, List<TensorSlice> slices, Function<TensorSlice, float[]> values) {
    if (slices.size() == 1 && slices.get(0).covers(shape)) {
      return values.apply(slices.get(0));
    }
    long sum = slices.stream().mapToLong(TensorSlice::elements).sum();
    if (sum != shape.elements()) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, file, "slices hold " + sum + " elements of a tensor " + shape);
    }
    // Reading the parts first proves that the file has as many bytes as the shape claims.
    List<float[]> parts = slices.stream().map(values).toList();
    float[] whole = new float[shape.elements()];
    BitSet covered = new BitSet(whole.length);
    for (int i = 0; i < parts.size(); i++) {
      float[] part = parts.get(i);
      slices
          .get(i)
          .forEachRun(
              shape,
              (inSlice, inTensor, length) -> {
                System.arraycopy(part, inSlice, whole, inTensor, length);
                covered.set(inTensor, inTensor + length);
              });
    }
    if (covered.cardinality() != whole.length) {
      throw new WeightsException(Kind.BAD_STRUCTURE, file, "slices of a tensor overlap");
    }
    return whole;
  }
}
