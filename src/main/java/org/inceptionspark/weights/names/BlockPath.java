package org.inceptionspark.weights.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A path through a block of the network, from the maps that enter it to their concatenation with
 * those of the other paths; a row of {@code paths.tsv}. No two paths through a block pass the same
 * pools and sizes of kernels, so these identify layers that have no names.
 */
record BlockPath(String block, List<Step> steps) {
  private static final Map<String, Optional<NamedLayer>> LAYERS =
      NamedLayer.base().stream().collect(Collectors.toMap(NamedLayer::slim, Optional::of));

  private static final NavigableMap<String, List<BlockPath>> BY_BLOCK = readTable();

  /**
   * A pool, or a convolution.
   *
   * @param kind {@code pool}, or the kernel's height and width as {@code 1x7}
   * @param layer whose kernel it is; none for a pool
   */
  record Step(String kind, Optional<NamedLayer> layer) {
    static final String POOL = "pool";

    private static Step parse(String cell) {
      String[] parts = cell.split(" ");
      return new Step(parts[0], parts.length > 1 ? LAYERS.get(parts[1]) : Optional.empty());
    }
  }

  /** The paths through each block, in the order of the concatenation; the last block first. */
  static Map<String, List<BlockPath>> fromTheEnd() {
    return BY_BLOCK.descendingMap();
  }

  /** What the path passes: {@code 1x1 3x3 3x3}. */
  String signature() {
    return steps.stream().map(Step::kind).collect(Collectors.joining(" "));
  }

  private static BlockPath parse(String line) {
    String[] cells = line.split("\t");
    return new BlockPath(cells[0], Arrays.stream(cells).skip(1).map(Step::parse).toList());
  }

  private static NavigableMap<String, List<BlockPath>> readTable() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                BlockPath.class.getResourceAsStream("paths.tsv"), StandardCharsets.UTF_8))) {
      return table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(BlockPath::parse)
          .collect(Collectors.groupingBy(BlockPath::block, TreeMap::new, Collectors.toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
