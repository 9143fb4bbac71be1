package org.inceptionspark.learn;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How often images of one class were predicted as another, and the figures that follow.
 *
 * @param cells the nonzero ones
 */
public record ConfusionMatrix(List<Cell> cells) {

  /** The number of images of an actual class with a predicted class, which may be the same. */
  public record Cell(String actual, String predicted, long count) {
    boolean right() {
      return actual.equals(predicted);
    }
  }

  public ConfusionMatrix {
    cells = List.copyOf(cells);
  }

  /** Every class that occurs, actual or predicted, in alphabetical order. */
  public List<String> classes() {
    TreeSet<String> names = new TreeSet<>();
    cells.forEach(cell -> names.add(cell.actual));
    cells.forEach(cell -> names.add(cell.predicted));
    return List.copyOf(names);
  }

  /** All images. */
  public long images() {
    return count(cell -> true);
  }

  /** The number of images whose class was predicted correctly. */
  public long right() {
    return count(Cell::right);
  }

  /** The share of images whose class was predicted correctly. */
  public double accuracy() {
    return (double) right() / images();
  }

  /** Images of a class. */
  public long support(String name) {
    return count(cell -> cell.actual.equals(name));
  }

  /** Of the images predicted as this class, the share that is; empty if there are none. */
  public OptionalDouble precision(String name) {
    return share(count(right(name)), count(cell -> cell.predicted.equals(name)));
  }

  /** Of the images of this class, the share predicted as it; empty if there are none. */
  public OptionalDouble recall(String name) {
    return share(count(right(name)), support(name));
  }

  /** The number of images of one class that were predicted as another. */
  public long count(String actual, String predicted) {
    return count(cell -> cell.actual.equals(actual) && cell.predicted.equals(predicted));
  }

  private static Predicate<Cell> right(String name) {
    return cell -> cell.right() && cell.actual.equals(name);
  }

  private long count(Predicate<Cell> which) {
    return cells.stream().filter(which).mapToLong(Cell::count).sum();
  }

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
