package org.inceptionspark.nn.run;

import org.inceptionspark.kernels.Kernels;

/**
 * How many tiles make a block, and where their numbers are in the scratch. Transformed inputs are
 * matrices of tiles by channels, rows {@link Kernels#PITCH} apart; matrices of few channels share
 * rows. Products are ordered point row, tile, point column, output channel, so that the first
 * transform back reads long lines.
 */
final class WinogradLayout {
  /**
   * Floats of inputs and products together: they share the core's second-level cache with the
   * weights.
   */
  private static final int BUDGET = CoreCache.bytes() * 6 / 10 / Float.BYTES;

  /** Weights that leave no room in that cache are read once for many tiles instead. */
  private static final long HEAVY_WEIGHTS = 4 << 20;

  private static final int HEAVY_BUDGET = (3 << 20) / Float.BYTES;

  private static final int MOST_TILES = 168;

  private final Algorithm algorithm;
  private final int tiles;
  private final int sliceWidth;
  private final int[] halfwayAt;
  private final int[][] transformedAt;
  private final int[][] cells;
  private final Scratch scratch;

  private WinogradLayout(Algorithm algorithm, WinogradWeights weights, int tiles) {
    this.algorithm = algorithm;
    this.tiles = tiles;
    this.sliceWidth = weights.widestSlice();
    int rows = algorithm.rows().points();
    int columns = algorithm.columns().points();
    halfwayAt = new int[columns * rows];
    for (int x = 0; x < columns; x++) {
      for (int point = 0; point < rows; point++) {
        halfwayAt[x * rows + point] = (point * columns + x) * weights.inputs();
      }
    }
    int widest = weights.depth(weights.depthBlocks() - 1);
    int perRow = Math.max(1, Kernels.PITCH / widest);
    cells = new int[rows * columns][weights.depthBlocks()];
    transformedAt = new int[weights.depthBlocks()][rows * columns];
    int last = 0;
    for (int block = 0; block < weights.depthBlocks(); block++) {
      for (int point = 0; point < rows * columns; point++) {
        int cell = block * rows * columns + point;
        last = cell / perRow;
        cells[point][block] = last * tiles * Kernels.PITCH + cell % perRow * widest;
        transformedAt[block][point] = cells[point][block];
      }
    }
    int transformed = (last + 1) * tiles * Kernels.PITCH;
    int halfway =
        Math.max(rows * columns * weights.inputs(), algorithm.rows().outputs() * productPitch());
    int edge = algorithm.rows().outputs() * algorithm.columns().outputs() * sliceWidth;
    scratch = new Scratch(transformed, rows * columns * tiles * sliceWidth, halfway, edge);
  }

  static WinogradLayout of(Algorithm algorithm, WinogradWeights weights, int rowMultiple) {
    int perTile = weights.points() * (weights.inputs() + weights.widestSlice());
    int budget = weights.bytes() > HEAVY_WEIGHTS ? HEAVY_BUDGET : BUDGET;
    int tiles = Math.max(12, Math.min(budget / perTile, MOST_TILES));
    return new WinogradLayout(
        algorithm, weights, (tiles + rowMultiple - 1) / rowMultiple * rowMultiple);
  }

  /** Tiles of a block. */
  int tiles() {
    return tiles;
  }

  Scratch scratch() {
    return scratch;
  }

  /** The filter of the axis that is transformed first on the way back and last on the way in. */
  MinimalFilter lastFilter() {
    return algorithm.columns().points() == 1 ? algorithm.rows() : algorithm.columns();
  }

  /** Offsets of the points of a tile's columns, column by column. */
  int[] halfwayAt() {
    return halfwayAt;
  }

  /** Offsets of a tile's points, for one block of depth. */
  int[] transformedAt(int block) {
    return transformedAt[block];
  }

  /** Where a point's matrix begins. */
  int matrixAt(int point, int block) {
    return cells[point][block];
  }

  int sliceWidth() {
    return sliceWidth;
  }

  private int lineLength() {
    boolean square = algorithm.rows().points() > 1 && algorithm.columns().points() > 1;
    return square ? algorithm.columns().points() : 1;
  }

  /** From one tile's products to the next one's. */
  int productPitch() {
    return lineLength() * sliceWidth;
  }

  /** From one row of points to the next. */
  int pointPitch() {
    return tiles * productPitch();
  }

  int productAt(int point) {
    return point / lineLength() * pointPitch() + point % lineLength() * sliceWidth;
  }
}
