package org.inceptionspark.nn;

/** What a node of a graph computes, with every option resolved. */
public sealed interface Layer {

  /** The window of a convolution or pool. */
  record Window(KernelSize kernel, int stride, Padding padding) {
    /** The map that this window produces from {@code input}, with the same channels. */
    public MapShape output(MapShape input) {
      return new MapShape(
          padding.outputSize(input.height(), kernel.height(), stride),
          padding.outputSize(input.width(), kernel.width(), stride),
          input.channels());
    }

    public int top(MapShape input) {
      return padding.before(input.height(), kernel.height(), stride);
    }

    public int left(MapShape input) {
      return padding.before(input.width(), kernel.width(), stride);
    }
  }

  /** The image. */
  record Input() implements Layer {}

  record Convolution(
      Window window, int channels, Normalization normalization, Activation activation)
      implements Layer {}

  record MaxPool(Window window) implements Layer {}

  record AveragePool(Window window, Divisor divisor) implements Layer {}

  record Concatenation() implements Layer {}

  record Softmax() implements Layer {}

  /** What an average is divided by at the border of a padded map. */
  enum Divisor {
    /** The elements that exist: TensorFlow, Keras. */
    EXISTING,
    /** All elements of the window: torchvision, timm. */
    WINDOW
  }
}
