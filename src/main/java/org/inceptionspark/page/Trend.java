package org.inceptionspark.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A quantity over time as a small line, with its first and last values as text.
 *
 * @param caption what is measured
 * @param points in order of time, evenly spaced
 */
public record Trend(String caption, List<Point> points) implements Block {
  private static final double WIDTH = 240;
  private static final double HEIGHT = 48;
  private static final double MARGIN = 4;

  /**
   * A value at a time.
   *
   * @param when for instance a date
   * @param shown the value as text
   */
  public record Point(String when, double value, String shown) {}

  public Trend {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("trend \"" + caption + "\" has no points");
    }
  }

  public Point first() {
    return points.get(0);
  }

  public Point last() {
    return points.get(points.size() - 1);
  }

  /** The line's corners in a drawing of 240 by 48, zero or the least value at the bottom. */
  public String corners() {
    return IntStream.range(0, points.size())
        .mapToObj(i -> String.format(Locale.ROOT, "%.1f,%.1f", x(i), y(points.get(i).value)))
        .collect(Collectors.joining(" "));
  }

  /** Where the last point is drawn. */
  public double lastX() {
    return x(points.size() - 1);
  }

  /** Where the last point is drawn. */
  public double lastY() {
    return y(last().value);
  }

  /** Where zero is drawn. */
  public double zero() {
    return y(0);
  }

  private double x(int i) {
    return points.size() == 1 ? WIDTH / 2 : MARGIN + i * (WIDTH - 2 * MARGIN) / (points.size() - 1);
  }

  private double y(double value) {
    double least = Math.min(0, points.stream().mapToDouble(Point::value).min().orElse(0));
    double most = Math.max(0, points.stream().mapToDouble(Point::value).max().orElse(0));
    double share = most > least ? (value - least) / (most - least) : 0;
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
  }
}
