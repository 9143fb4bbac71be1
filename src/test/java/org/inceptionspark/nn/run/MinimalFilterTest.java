package org.inceptionspark.nn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.kernels.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three transforms of each minimal filter together are the correlation, as an identity. */
class MinimalFilterTest {
  private static final Kernels KERNELS = KernelSelector.select(KernelChoice.SCALAR);

  /** Twelve points are the first with thirds among them, whose factors float32 rounds. */
  @ParameterizedTest(name = "F({0},{1}) of stride {2}")
  @CsvSource({
    "4, 3, 1, 1e-12",
    "6, 3, 1, 1e-12",
    "4, 5, 1, 1e-12",
    "8, 3, 1, 1e-11",
    "4, 7, 1, 1e-11",
    "6, 7, 1, 1e-5",
    "3, 3, 2, 1e-12"
  })
  void transformsAreTheCorrelation(int outputs, int taps, int stride, double tolerance) {
    MinimalFilter filter = new MinimalFilter(outputs, taps, stride);
    double[][] input = inputTransform(filter);
    double[][] output = outputTransform(filter);
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      double[] data = random.doubles(filter.points(), -1, 1).toArray();
      double[] weights = random.doubles(taps, -1, 1).toArray();
      double[] products = times(input, data);
      double[] points = times(filter.tapTransform(), weights);
      for (int i = 0; i < products.length; i++) {
        products[i] *= points[i];
      }
      double[] found = times(output, products);
      for (int i = 0; i < outputs; i++) {
        double direct = 0;
        for (int tap = 0; tap < taps; tap++) {
          direct += data[i * stride + tap] * weights[tap];
        }
        assertThat(found[i]).isCloseTo(direct, within(tolerance));
      }
    }
  }

  /** The kernels' factors, column by column: what they make of one 1 among zeros. */
  private static double[][] inputTransform(MinimalFilter filter) {
    int points = filter.points();
    int[] at = new int[points];
    for (int i = 0; i < points; i++) {
      at[i] = i;
    }
    double[][] matrix = new double[points][points];
    for (int column = 0; column < points; column++) {
      float[] out = new float[points];
      KERNELS.transformInput(points, 1, unit(points, column), 0, 0, 1, out, 0, at, 1);
      fill(matrix, column, out);
    }
    return matrix;
  }

  private static double[][] outputTransform(MinimalFilter filter) {
    int points = filter.points();
    double[][] matrix = new double[filter.outputs()][points];
    for (int column = 0; column < points; column++) {
      float[] out = new float[filter.outputs()];
      KERNELS.transformOutput(points, filter.outputs(), unit(points, column), 0, 1, out, 0, 1, 1);
      fill(matrix, column, out);
    }
    return matrix;
  }

  private static float[] unit(int length, int one) {
    float[] values = new float[length];
    values[one] = 1;
    return values;
  }

  private static void fill(double[][] matrix, int column, float[] values) {
    for (int row = 0; row < matrix.length; row++) {
      matrix[row][column] = values[row];
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] result = new double[matrix.length];
    for (int row = 0; row < result.length; row++) {
      for (int column = 0; column < vector.length; column++) {
        result[row] += matrix[row][column] * vector[column];
      }
    }
    return result;
  }
}
