package org.inceptionspark.image.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The constants of the VP8 format (RFC 6386), flat and row major. */
final class Vp8Tables {
  static final int MODES = 10;
  static final int PROBABILITIES = 11;
  static final int COEFFICIENT_PROBABILITIES = 4 * 8 * 3 * PROBABILITIES;

  /** Nine probabilities for each pair of sub-block modes, above and left. */
  static final int[] SUB_BLOCK_MODES;

  static final int[] COEFFICIENT_UPDATES;
  static final int[] COEFFICIENTS;
  static final int[] DC_STEPS;
  static final int[] AC_STEPS;

  /** Index in its 4 x 4 block of the i-th coefficient of the stream. */
  static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** The probability band of the i-th coefficient; one entry more than there are coefficients. */
  static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

  /** Tokens of large values: probabilities of the extra bits, first bit first. */
  static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  /** Tree of the ten sub-block modes: a node's two children, or minus a mode. */
  static final int[] SUB_BLOCK_TREE = {
    0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9
  };

  static {
    List<int[]> tables = read();
    SUB_BLOCK_MODES = tables.get(0);
    COEFFICIENT_UPDATES = tables.get(1);
    COEFFICIENTS = tables.get(2);
    DC_STEPS = tables.get(3);
    AC_STEPS = tables.get(4);
  }

  private Vp8Tables() {}

  private static List<int[]> read() {
    List<List<Integer>> tables = new ArrayList<>();
    try (InputStream stream = Vp8Tables.class.getResourceAsStream("vp8-tables.txt");
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, US_ASCII))) {
      lines.readLine(); // what the file is
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) {
          tables.add(new ArrayList<>());
        } else {
          Stream.of(line.split(" "))
              .map(Integer::valueOf)
              .forEach(tables.get(tables.size() - 1)::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tables.stream().map(t -> t.stream().mapToInt(Integer::intValue).toArray()).toList();
  }
}
