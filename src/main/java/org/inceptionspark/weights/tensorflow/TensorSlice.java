package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The part of a tensor that one partition of a variable holds.
 *
 * @param starts first index of each dimension
 * @param lengths extent of each dimension, never the "whole dimension" mark of the file
 */
record TensorSlice(List<Integer> starts, List<Integer> lengths) {
  /**
   * The slice of a tensor of this shape.
   *
   * @throws WeightsException BAD_STRUCTURE if it is not within the tensor
   */
  static TensorSlice of(String file, List<SliceExtent> extents, Shape shape) {
    if (extents.size() != shape.rank()) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, file, "a slice of " + extents.size() + " dimensions in " + shape);
    }
    List<Integer> starts = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int dimension = shape.dimension(axis);
      long start = extents.get(axis).start();
      long length = extents.get(axis).length();
      long extent = length == SliceExtent.WHOLE ? dimension : length;
      if (start < 0 || extent < 0 || start > dimension || extent > dimension - start) {
        throw new WeightsException(
            Kind.BAD_STRUCTURE,
            file,
            "a slice of " + extent + " from " + start + " in a dimension of " + dimension);
      }
      starts.add((int) start);
      lengths.add((int) extent);
    }
    return new TensorSlice(List.copyOf(starts), List.copyOf(lengths));
  }

  int elements() {
    return lengths.stream().reduce(1, (a, b) -> a * b);
  }

  boolean covers(Shape shape) {
    return lengths.equals(Arrays.stream(shape.dimensions()).boxed().toList());
  }

  /** Calls back with the position of each run of consecutive elements in the whole tensor. */
  void forEachRun(Shape shape, RunVisitor visitor) {
    int rank = shape.rank();
    int run = rank == 0 ? 1 : lengths.get(rank - 1);
    int runs = run == 0 ? 0 : elements() / run;
    int[] index = new int[Math.max(rank - 1, 0)];
    for (int i = 0; i < runs; i++) {
      int position = 0;
      for (int axis = 0; axis < rank; axis++) {
        int within = axis < index.length ? index[axis] : 0;
        position = position * shape.dimension(axis) + starts.get(axis) + within;
      }
      visitor.run(i * run, position, run);
      advance(index);
    }
  }

  private void advance(int[] index) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < lengths.get(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  /** A run: where it is in the slice, where in the whole tensor, how long. */
  interface RunVisitor {
    void run(int inSlice, int inTensor, int length);
  }

  /** As TensorFlow prints slices: {@code start,length} pairs, {@code 0,3:0,3:2,4}. */
  @Override
  public String toString() {
    return IntStream.range(0, starts.size())
        .mapToObj(axis -> starts.get(axis) + "," + lengths.get(axis))
        .collect(Collectors.joining(":"));
  }
}
