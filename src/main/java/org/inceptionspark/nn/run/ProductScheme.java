package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a matrix product C = A B is composed of smaller ones. Each matrix is cut into {@code cuts} x
 * {@code cuts} equal parts; a product multiplies a sum of parts of A with a sum of parts of B, and
 * is added to some parts of C.
 *
 * @param name for people
 */
record ProductScheme(String name, int cuts, List<Product> products) {
  /** One product, the whole. */
  static final ProductScheme WHOLE = of("direct", 1, "11 * 11 = 11");

  /** Seven products of halves instead of eight (Strassen, 1969). */
  static final ProductScheme STRASSEN =
      of(
          "Strassen",
          2,
          "11+22 * 11+22 = 11+22",
          "21+22 * 11    = 21-22",
          "11    * 12-22 = 12+22",
          "22    * 21-11 = 11+21",
          "11+12 * 22    = 12-11",
          "21-11 * 11+12 = 22",
          "12-22 * 21+22 = 11");

  /**
   * A part of a matrix in a sum.
   *
   * @param factor 1 or -1
   */
  record Term(int row, int column, float factor) {}

  /** A part of C that a product is added to, in order of the products. */
  record Place(Term part, boolean first, boolean last) {}

  record Product(List<Term> left, List<Term> right, List<Place> places) {}

  private static ProductScheme of(String name, int cuts, String... products) {
    String[][] sums =
        Arrays.stream(products).map(line -> line.split(" *[*=] *")).toArray(String[][]::new);
    List<Product> list = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      List<Place> places = new ArrayList<>();
      for (Term part : terms(sums[i][2])) {
        places.add(
            new Place(part, !occurs(part, sums, 0, i), !occurs(part, sums, i + 1, sums.length)));
      }
      list.add(new Product(terms(sums[i][0]), terms(sums[i][1]), List.copyOf(places)));
    }
    return new ProductScheme(name, cuts, List.copyOf(list));
  }

  private static boolean occurs(Term part, String[][] sums, int from, int to) {
    return Arrays.stream(sums, from, to)
        .flatMap(sum -> terms(sum[2]).stream())
        .anyMatch(term -> term.row() == part.row() && term.column() == part.column());
  }

  /** Terms in textbook notation: row and column of the part, from 1 on. */
  private static List<Term> terms(String sum) {
    return Arrays.stream(sum.strip().split("(?=[+-])"))
        .map(
            term -> {
              int part = Math.abs(Integer.parseInt(term));
              return new Term(part / 10 - 1, part % 10 - 1, term.startsWith("-") ? -1 : 1);
            })
        .toList();
  }

  /** The sum of parts of B that a product takes: {@code inputs / cuts} rows. */
  float[] right(Product product, float[] matrix, int inputs, int outputs) {
    return cuts == 1 ? matrix : sum(product.right(), matrix, inputs, outputs);
  }

  private float[] sum(List<Term> terms, float[] matrix, int inputs, int outputs) {
    int rows = inputs / cuts;
    int columns = outputs / cuts;
    float[] sum = new float[rows * columns];
    for (Term term : terms) {
      for (int row = 0; row < rows; row++) {
        int from = (term.row() * rows + row) * outputs + term.column() * columns;
        for (int column = 0; column < columns; column++) {
          sum[row * columns + column] += term.factor() * matrix[from + column];
        }
      }
    }
    return sum;
  }
}
