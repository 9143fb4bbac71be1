package org.inceptionspark.search.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector functions against plain float64, and by the rules of Spark 4.2. */
class VectorFunctionsTest {
  private static final float HALF_A_FLOAT = 0x1p-23f;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 100, 2048, 2051})
  void agreesWithFloat64(int length) {
    Random random = new Random(length);
    for (int round = 0; round < 20; round++) {
      float[] a = vector(random, length);
      float[] b = vector(random, length);
      double dot = 0;
      double aa = 0;
      double bb = 0;
      double distance = 0;
      for (int i = 0; i < length; i++) {
        dot += (double) a[i] * b[i];
        aa += (double) a[i] * a[i];
        bb += (double) b[i] * b[i];
        distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      }
      double scale = Math.sqrt(aa * bb);
      assertClose(VectorFunctions.innerProduct(array(a), array(b)), dot, scale);
      assertClose(VectorFunctions.cosineSimilarity(array(a), array(b)), dot / scale, 1);
      assertClose(
          VectorFunctions.l2Distance(array(a), array(b)), Math.sqrt(distance), Math.sqrt(distance));
      assertClose(VectorFunctions.norm(array(a), 2), Math.sqrt(aa), Math.sqrt(aa));
      float[] unit = VectorFunctions.normalize(array(a), 2).toFloatArray();
      for (int i = 0; i < length; i++) {
        assertClose(unit[i], a[i] / Math.sqrt(aa), 1);
      }
    }
  }

  @Test
  void doesNotOverflowWhereTheResultIsAFloat() {
    ArrayData large = array(1e30f, 1e30f);
    assertThat(VectorFunctions.cosineSimilarity(large, large)).isEqualTo(1);
    assertThat(VectorFunctions.norm(large, 2)).isEqualTo(1.4142135e30f);
    assertThat(VectorFunctions.normalize(array(1e-30f, 0), 2).toFloatArray()).containsExactly(1, 0);
  }

  @Test
  void hasThreeNorms() {
    ArrayData vector = array(3, -4);
    assertThat(VectorFunctions.norm(vector, 1)).isEqualTo(7);
    assertThat(VectorFunctions.norm(vector, 2)).isEqualTo(5);
    assertThat(VectorFunctions.norm(vector, Float.POSITIVE_INFINITY)).isEqualTo(4);
    assertThat(VectorFunctions.norm(array(1, Float.NaN, 2), Float.POSITIVE_INFINITY)).isNaN();
    assertThatThrownBy(() -> VectorFunctions.norm(vector, 3))
        .hasMessage(
            "[INVALID_VECTOR_NORM_DEGREE] vector_norm:"
                + " the degree must be 1.0, 2.0 or float('inf'), found 3.0");
  }

  @Test
  void zeroVectorsHaveNoDirection() {
    assertThat(VectorFunctions.cosineSimilarity(array(0, 0), array(1, 2))).isNull();
    assertThat(VectorFunctions.normalize(array(0, 0), 2)).isNull();
    assertThat(VectorFunctions.norm(array(0, 0), 2)).isZero();
  }

  @Test
  void emptyVectors() {
    assertThat(VectorFunctions.cosineSimilarity(array(), array())).isNull();
    assertThat(VectorFunctions.innerProduct(array(), array())).isZero();
    assertThat(VectorFunctions.l2Distance(array(), array())).isZero();
    assertThat(VectorFunctions.norm(array(), 2)).isZero();
    assertThat(VectorFunctions.normalize(array(), 2).numElements()).isZero();
  }

  @Test
  void aNullElementGivesNull() {
    ArrayData holed = new GenericArrayData(new Object[] {1f, null});
    ArrayData whole = array(1, 2);
    assertThat(VectorFunctions.cosineSimilarity(holed, whole)).isNull();
    assertThat(VectorFunctions.cosineSimilarity(whole, holed)).isNull();
    assertThat(VectorFunctions.innerProduct(whole, holed)).isNull();
    assertThat(VectorFunctions.l2Distance(holed, whole)).isNull();
    assertThat(VectorFunctions.norm(holed, 2)).isNull();
    assertThat(VectorFunctions.normalize(holed, 2)).isNull();
  }

  @Test
  void namesBothLengths() {
    assertThatThrownBy(() -> VectorFunctions.l2Distance(array(1, 2, 3), array(1, 2)))
        .hasMessage(
            "[VECTOR_DIMENSION_MISMATCH] vector_l2_distance:"
                + " the vectors must have the same length, found 3 and 2");
  }

  /** The result is the true value rounded once, so within half a step of it. */
  private static void assertClose(float found, double expected, double scale) {
    assertThat((double) found).isCloseTo(expected, within(scale * HALF_A_FLOAT + Float.MIN_VALUE));
  }

  private static float[] vector(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static ArrayData array(float... values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }
}
