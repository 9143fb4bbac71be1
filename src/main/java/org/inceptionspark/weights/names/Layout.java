package org.inceptionspark.weights.names;

import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The order of dimensions in which a framework stores a tensor, and its conversion to TF-Slim's.
 */
public enum Layout {
  /** As TF-Slim has it: kernels HWIO, vectors. */
  SLIM(-1),
  /** A dense kernel [in, out], in TF-Slim a 1x1 convolution [1, 1, in, out]. */
  DENSE(2),
  /** A dense kernel [out, in], as torch stores it. */
  DENSE_TRANSPOSED(2),
  /** A convolution's kernel [out, in, height, width], as torch and ONNX store it. */
  OIHW(4);

  private final int rank;

  Layout(int rank) {
    this.rank = rank;
  }

  /**
   * The tensor in TF-Slim's layout.
   *
   * @throws WeightsException WRONG_SHAPE if it does not have this layout's rank
   */
  public Tensor toSlim(String file, String name, Tensor stored) {
    Shape shape = stored.shape();
    if (rank >= 0 && shape.rank() != rank) {
      throw new WeightsException(
              Kind.WRONG_SHAPE, file, "shape " + shape + ", but " + rank + " dimensions are needed")
          .about(name);
    }
    return switch (this) {
      case SLIM -> stored;
      case DENSE ->
          new Tensor(Shape.of(1, 1, shape.dimension(0), shape.dimension(1)), stored.data());
      case DENSE_TRANSPOSED ->
          new Tensor(
              Shape.of(1, 1, shape.dimension(1), shape.dimension(0)),
              transposed(stored.data(), shape.dimension(0), shape.dimension(1)));
      case OIHW ->
          new Tensor(
              Shape.of(
                  shape.dimension(2), shape.dimension(3), shape.dimension(1), shape.dimension(0)),
              hwio(stored));
    };
  }

  private static float[] transposed(float[] from, int rows, int columns) {
    float[] to = new float[from.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] = from[row * columns + column];
      }
    }
    return to;
  }

  /** Transposes [out, in, area] to [area, in, out]. */
  private static float[] hwio(Tensor stored) {
    int out = stored.shape().dimension(0);
    int in = stored.shape().dimension(1);
    int area = stored.shape().dimension(2) * stored.shape().dimension(3);
    float[] from = stored.data();
    float[] to = new float[from.length];
    int next = 0;
    for (int pixel = 0; pixel < area; pixel++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          to[next++] = from[(o * in + i) * area + pixel];
        }
      }
    }
    return to;
  }
}
