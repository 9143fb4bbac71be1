package org.inceptionspark.job.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import scala.collection.Seq;

/**
 * Compares two labels tables row by row, floats by their bits: another cluster, partitioning or
 * machine must compute the same.
 */
public final class TableComparison {
  private static final int EXAMPLES = 10;

  private final List<String> columns;
  private final List<String> examples = new ArrayList<>();
  private long rows;
  private long different;

  private TableComparison(List<String> columns) {
    this.columns = columns;
  }

  /**
   * What was found.
   *
   * @param rows images in either table
   * @param different those that are not the same in both
   * @param examples the first differences, one line each
   */
  public record Result(long rows, long different, List<String> examples) {}

  /**
   * Compares all columns except the ignored ones. Rows are matched by {@code path} and {@code
   * model}.
   *
   * @throws ConfigurationException if the tables have different columns
   */
  public static Result compare(Dataset<Row> left, Dataset<Row> right, Set<String> ignored) {
    List<String> columns = compared(left, ignored);
    if (!columns.equals(compared(right, ignored))) {
      throw new ConfigurationException(
          "the tables have different columns: " + columns + " and " + compared(right, ignored));
    }
    TableComparison comparison = new TableComparison(columns);
    comparison.walk(comparison.inOrder(left), comparison.inOrder(right));
    return new Result(comparison.rows, comparison.different, List.copyOf(comparison.examples));
  }

  private static List<String> compared(Dataset<Row> table, Set<String> ignored) {
    return Arrays.stream(table.columns()).filter(name -> !ignored.contains(name)).sorted().toList();
  }

  private Iterator<Row> inOrder(Dataset<Row> table) {
    return table
        .select(columns.stream().map(Column::new).toArray(Column[]::new))
        .orderBy("path", "model")
        .toLocalIterator();
  }

  private void walk(Iterator<Row> lefts, Iterator<Row> rights) {
    Row left = next(lefts);
    Row right = next(rights);
    while (left != null || right != null) {
      rows++;
      int order = left == null ? 1 : right == null ? -1 : key(left).compareTo(key(right));
      if (order < 0) {
        differ(left, "only in the first table");
        left = next(lefts);
      } else if (order > 0) {
        differ(right, "only in the second table");
        right = next(rights);
      } else {
        compareRows(left, right);
        left = next(lefts);
        right = next(rights);
      }
    }
  }

  private static Row next(Iterator<Row> rows) {
    return rows.hasNext() ? rows.next() : null;
  }

  private static Key key(Row row) {
    return new Key(row.getAs("path"), row.getAs("model"));
  }

  private void compareRows(Row left, Row right) {
    List<String> names =
        columns.stream().filter(name -> !sameBits(left.getAs(name), right.getAs(name))).toList();
    if (!names.isEmpty()) {
      differ(left, "different in " + String.join(", ", names));
    }
  }

  private void differ(Row row, String how) {
    different++;
    if (examples.size() < EXAMPLES) {
      examples.add(row.getAs("path") + ": " + how);
    }
  }

  /**
   * Equal as stored: unlike SQL's {@code =}, this distinguishes 0.0 from -0.0 and one NaN from
   * another.
   */
  static boolean sameBits(Object left, Object right) {
    if (left instanceof Float a && right instanceof Float b) {
      return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
    }
    if (left instanceof Seq<?> a && right instanceof Seq<?> b) {
      return sameElements(a, b);
    }
    if (left instanceof Row a && right instanceof Row b) {
      return sameElements(a.toSeq(), b.toSeq());
    }
    return Objects.equals(left, right);
  }

  private static boolean sameElements(Seq<?> left, Seq<?> right) {
    scala.collection.Iterator<?> lefts = left.iterator();
    scala.collection.Iterator<?> rights = right.iterator();
    while (lefts.hasNext() && rights.hasNext()) {
      if (!sameBits(lefts.next(), rights.next())) {
        return false;
      }
    }
    return left.length() == right.length();
  }

  /** Ordered as Spark orders strings: by their UTF-8 bytes. */
  private record Key(String path, String model) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = compareBytes(path, other.path);
      return order != 0 ? order : compareBytes(model, other.model);
    }

    private static int compareBytes(String left, String right) {
      return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
    }
  }
}
