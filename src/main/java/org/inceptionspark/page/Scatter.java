package org.inceptionspark.page;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Points in a plane, each drawn as the number of its group, so that groups are told apart without
 * colour. Both axes have one scale.
 *
 * @param caption what the plane is
 * @param marks where the points are drawn, in a drawing of 640 by 420
 */
public record Scatter(String caption, List<Mark> marks) implements Block {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 420;
  private static final double MARGIN = 14;

  /** The hues of so many groups; then they start again, and the number tells. */
  private static final int HUES = 8;

  /**
   * One point.
   *
   * @param group from 0
   * @param name shown when a pointer rests on it
   */
  public record Point(double x, double y, int group, String name) {}

  /** A point in the drawing, from its left and its top. */
  public record Mark(String x, String y, int group, String name) {
    /** The style of the group. */
    public String style() {
      return "hue" + group % HUES;
    }
  }

  public Scatter {
    marks = List.copyOf(marks);
  }

  /** Fits points into the drawing. */
  public static Scatter of(String caption, List<Point> points) {
    DoubleSummaryStatistics x = points.stream().mapToDouble(Point::x).summaryStatistics();
    DoubleSummaryStatistics y = points.stream().mapToDouble(Point::y).summaryStatistics();
    double scale =
        Math.min(
            (WIDTH - 2 * MARGIN) / (x.getMax() - x.getMin()),
            (HEIGHT - 2 * MARGIN) / (y.getMax() - y.getMin()));
    double known = Double.isFinite(scale) ? scale : 1; // all points are one
    double middleX = (x.getMax() + x.getMin()) / 2;
    double middleY = (y.getMax() + y.getMin()) / 2;
    return new Scatter(
        caption,
        points.stream()
            .map(
                point ->
                    new Mark(
                        place(WIDTH / 2 + (point.x - middleX) * known),
                        place(HEIGHT / 2 - (point.y - middleY) * known),
                        point.group,
                        point.name))
            .toList());
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
