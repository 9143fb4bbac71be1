package org.inceptionspark.learn;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How often images of one class were taken for images of another, and the figures that follow.
 *
 * @param cells those that are not zero
 */
public record ConfusionMatrix(List<Cell> cells) {

  /** So many images of a class that the model calls by a name, which may be the right one. */
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

  /** Images whose class was predicted. */
  public long right() {
    return count(Cell::right);
  }

  /** The share of images whose class was predicted. */
  public double accuracy() {
    return (double) right() / images();
  }

  /** Images of a class. */
  public long support(String name) {
    return count(cell -> cell.actual.equals(name));
  }

  /** Of the images that were taken for this class, the share that is; none if there are none. */
  public OptionalDouble precision(String name) {
    return share(count(right(name)), count(cell -> cell.predicted.equals(name)));
  }

  /** Of the images of this class, the share that was taken for it; none if there are none. */
  public OptionalDouble recall(String name) {
    return share(count(right(name)), support(name));
  }

  /** How many images of one class were taken for another. */
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
