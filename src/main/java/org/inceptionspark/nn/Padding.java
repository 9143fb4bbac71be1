package org.inceptionspark.nn;

/**
 * TensorFlow's two paddings, on one axis of {@code input} elements. {@code SAME} gives {@code
 * ceil(input / stride)} outputs and pads both sides evenly, an odd element at the end; {@code
 * VALID} does not pad.
 */
public enum Padding implements Option {
  SAME {
    @Override
    public int outputSize(int input, int kernel, int stride) {
      return (input + stride - 1) / stride;
    }

    @Override
    public int before(int input, int kernel, int stride) {
      int total = (outputSize(input, kernel, stride) - 1) * stride + kernel - input;
      return Math.max(total, 0) / 2;
    }
  },
  VALID {
    @Override
    public int outputSize(int input, int kernel, int stride) {
      return input < kernel ? 0 : (input - kernel) / stride + 1;
    }

    @Override
    public int before(int input, int kernel, int stride) {
      return 0;
    }
  };

  /** Outputs on this axis; 0 when the window does not fit. */
  public abstract int outputSize(int input, int kernel, int stride);

  /** Padding elements before the first input element. */
  public abstract int before(int input, int kernel, int stride);
}
