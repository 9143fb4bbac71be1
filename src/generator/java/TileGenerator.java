import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the inner loops of the matrix product: one class per tile shape, run by the build before
 * it compiles. Every accumulator must be a local variable of its own, or C2 keeps it in memory;
 * that is why the code is generated and not written by hand.
 */
final class TileGenerator {
  /**
   * @param rows of A that share each loaded vector of B
   * @param vectors of B per step, so that a panel is {@code vectors} times the lanes wide
   * @param barrier number of rows after which there is a branch that is never taken; 0 for none.
   *     Basic-block boundaries keep C2 from hoisting all loads of a step, which spills registers
   *     where there are 16
   */
  record Tile(int rows, int vectors, int barrier) {
    String name() {
      return "Tile" + rows + "x" + vectors;
    }
  }

  private static final List<Tile> TILES =
      List.of(
          new Tile(14, 2, 0), // 28 accumulators of the 32 registers of AVX-512
          new Tile(14, 1, 0), // its last, narrow panel
          new Tile(6, 2, 2), // 12 accumulators of 16 registers; dependable from JDK 21 on
          new Tile(6, 1, 2),
          new Tile(4, 2, 2), // 8 of 16 registers; dependable on JDK 17
          new Tile(4, 1, 0),
          new Tile(
              3, 3, 0)); // 9 of 16 registers; dependable everywhere, for multiples of 3 vectors

  private TileGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).resolve("org/inceptionspark/kernels");
    Files.createDirectories(folder);
    for (Tile tile : TILES) {
      Files.writeString(folder.resolve(tile.name() + ".java"), source(tile));
    }
  }

  private static String source(Tile tile) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        package org.inceptionspark.kernels;

        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.VectorSpecies;

        /** %d rows by %d vectors of a matrix product. Made by TileGenerator. */
        final class %s {
          private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
          private static final int LANES = VectorWidth.LANES;
          private static final int PITCH = Kernels.PITCH;

          private %s() {}

          /** See {@link Kernels#multiply}; rows are rounded up to a multiple of %d. */
          static void multiply(
              int rows, int depth, float[] a, int aOffset, float[] b,
              float[] c, int cOffset, int cPitch) {
            for (int row = 0; row < rows; row += %d) {
              tile(depth, a, aOffset + row * PITCH, b, c, cOffset + row * cPitch, cPitch);
            }
          }

          private static void tile(
              int depth, float[] a, int aOffset, float[] b,
              float[] c, int cOffset, int cPitch) {
        """
            .formatted(
                tile.rows(), tile.vectors(), tile.name(), tile.name(), tile.rows(), tile.rows()));
    accumulators(text, tile);
    if (tile.barrier() > 0) {
      text.append("    int never = VectorWidth.never;\n");
    }
    text.append("    int at = 0;\n    for (int k = 0; k < depth; k++) {\n");
    step(text, tile);
    text.append("      at += ").append(tile.vectors()).append(" * LANES;\n    }\n");
    stores(text, tile);
    return text.append("  }\n}\n").toString();
  }

  private static void accumulators(StringBuilder text, Tile tile) {
    for (int row = 0; row < tile.rows(); row++) {
      for (int v = 0; v < tile.vectors(); v++) {
        text.append("    FloatVector c%d_%d = FloatVector.zero(SPECIES);\n".formatted(row, v));
      }
    }
  }

  private static void step(StringBuilder text, Tile tile) {
    for (int v = 0; v < tile.vectors(); v++) {
      text.append(
          "      FloatVector b%d = FloatVector.fromArray(SPECIES, b, at + %d * LANES);\n"
              .formatted(v, v));
    }
    for (int row = 0; row < tile.rows(); row++) {
      if (tile.barrier() > 0 && row > 0 && row % tile.barrier() == 0) {
        text.append("      if (k == never) {\n        break;\n      }\n");
      }
      text.append(
          "      FloatVector a%d = FloatVector.broadcast(SPECIES, a[aOffset + k + %d * PITCH]);\n"
              .formatted(row, row));
      for (int v = 0; v < tile.vectors(); v++) {
        text.append("      c%1$d_%2$d = a%1$d.fma(b%2$d, c%1$d_%2$d);\n".formatted(row, v));
      }
    }
  }

  private static void stores(StringBuilder text, Tile tile) {
    for (int row = 0; row < tile.rows(); row++) {
      for (int v = 0; v < tile.vectors(); v++) {
        text.append(
            "    c%1$d_%2$d.intoArray(c, cOffset + %1$d * cPitch + %2$d * LANES);\n"
                .formatted(row, v));
      }
    }
  }
}
