package org.inceptionspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tile shape, also those that this JVM would not choose; and the choice itself. */
class TileShapesTest {
  private static final int LANES = VectorWidth.LANES;

  /** What all tiles have in common. */
  private interface Tile {
    void multiply(
        int rows, int depth, float[] a, int aOffset, float[] b, float[] c, int cOffset, int cPitch);
  }

  private record Shape(int rows, int vectors, Tile tile) {}

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "14x2", new Shape(14, 2, Tile14x2::multiply),
          "14x1", new Shape(14, 1, Tile14x1::multiply),
          "6x2", new Shape(6, 2, Tile6x2::multiply),
          "6x1", new Shape(6, 1, Tile6x1::multiply),
          "4x2", new Shape(4, 2, Tile4x2::multiply),
          "4x1", new Shape(4, 1, Tile4x1::multiply),
          "3x3", new Shape(3, 3, Tile3x3::multiply));

  @ParameterizedTest
  @ValueSource(strings = {"14x2", "14x1", "6x2", "6x1", "4x2", "4x1", "3x3"})
  void bitsAreTheScalarKernels(String name) {
    Shape shape = SHAPES.get(name);
    int width = shape.vectors() * LANES;
    int rows = 2 * shape.rows();
    for (int depth : new int[] {1, 2, 27, Kernels.MAX_DEPTH}) {
      Random random = new Random(depth);
      float[] a = Floats.awkward(random, 3 + rows * Kernels.PITCH);
      float[] b = Floats.awkward(random, depth * width);
      float[] expected = Floats.guarded(2 + rows * (width + 5));
      float[] found = expected.clone();
      new ScalarKernels().multiply(width, rows, depth, a, 3, b, expected, 2, width + 5);
      shape.tile().multiply(rows, depth, a, 3, b, found, 2, width + 5);
      assertThat(Floats.bits(found)).as("depth %d", depth).isEqualTo(Floats.bits(expected));
    }
  }

  @ParameterizedTest(name = "{0} registers, JDK {1}")
  @CsvSource({
    "32, 17, ROWS_14",
    "32, 25, ROWS_14",
    "16, 17, ROWS_4_OR_3",
    "16, 20, ROWS_4_OR_3",
    "16, 21, ROWS_6"
  })
  void choice(int registers, int jdk, RegisterTile expected) {
    assertThat(RegisterTile.of(registers, jdk)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} of {1} rows")
  @CsvSource({"28, 28", "28, 29", "28, 36", "37, 37", "0, 8", "9, 9"})
  void fewRowsAreLeftToSmallTiles(int whole, int rows) {
    assertThat(RegisterTile.ROWS_14.wholeTiles(rows)).isEqualTo(whole);
  }

  @Test
  void panelsCoverEveryColumnAndWasteLessThanOneVector() {
    for (RegisterTile choice : RegisterTile.values()) {
      for (int lanes : new int[] {4, 8, 16}) {
        for (int columns = 1; columns < 400; columns++) {
          int padded = Arrays.stream(choice.panelWidths(columns, lanes)).sum();
          assertThat(padded).isGreaterThanOrEqualTo(columns).isLessThan(columns + lanes);
        }
      }
    }
  }
}
