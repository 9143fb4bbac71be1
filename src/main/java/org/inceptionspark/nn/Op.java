package org.inceptionspark.nn;

import java.util.Arrays;
import java.util.List;

/**
 * One entry of a network table, in TF-Slim's words: {@code conv2d("Conv2d_1a_3x3", 32, k(3, 3),
 * stride(2))}. What a line leaves out comes from the {@link #argScope} around it.
 */
public sealed interface Op {

  /** A convolution with normalisation (or biases) and ReLU. */
  record Conv2d(String scope, int channels, KernelSize kernel, List<Option> options)
      implements Op {}

  record MaxPool2d(String scope, KernelSize kernel, List<Option> options) implements Op {}

  /** The mean of the elements that exist; padding is not counted. */
  record AvgPool2d(String scope, KernelSize kernel, List<Option> options) implements Op {}

  /** Branches read the same map; their outputs are concatenated along the channels, in order. */
  record Concat(List<Branch> branches) implements Op {}

  /** Scope and end point around a concatenation; branch i has the scope {@code Branch_i}. */
  record Mixed(String scope, List<Branch> branches) implements Op {}

  /** Operations in sequence. */
  record Branch(List<Op> ops) {}

  /** Operations with defaults for the options that they leave out. */
  record ArgScope(List<Option> defaults, List<Op> ops) implements Op {}

  static KernelSize k(int height, int width) {
    return new KernelSize(height, width);
  }

  static Stride stride(int step) {
    return new Stride(step);
  }

  static Op conv2d(String scope, int channels, KernelSize kernel, Option... options) {
    return new Conv2d(scope, channels, kernel, List.of(options));
  }

  static Op maxPool2d(String scope, KernelSize kernel, Option... options) {
    return new MaxPool2d(scope, kernel, List.of(options));
  }

  static Op avgPool2d(String scope, KernelSize kernel, Option... options) {
    return new AvgPool2d(scope, kernel, List.of(options));
  }

  static Op mixed(String scope, Branch... branches) {
    return new Mixed(scope, List.of(branches));
  }

  static Op concat(Branch... branches) {
    return new Concat(List.of(branches));
  }

  static Branch branch(Op... ops) {
    return new Branch(List.of(ops));
  }

  static List<Option> defaults(Option... options) {
    return List.of(options);
  }

  static ArgScope argScope(List<Option> defaults, Op... ops) {
    return new ArgScope(defaults, Arrays.asList(ops));
  }
}
