package org.inceptionspark.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inceptionspark.image.core.EncodedImage;

/**
 * Points in a plane, each drawn as the number of its group, so that groups can be distinguished
 * without colour. Both axes have one scale.
 *
 * @param caption what the plane shows
 * @param marks where the points are drawn, in a drawing of 640 by 420
 * @param pictures thumbnails of some of them, under the numbers
 */
public record Scatter(String caption, List<Mark> marks, List<Picture> pictures) implements Block {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 420;
  private static final double MARGIN = 14;

  /** Hues repeat after this many groups; the numbers still distinguish them. */
  private static final int HUES = 8;

  /**
   * One point.
   *
   * @param group from 0
   * @param name shown when a pointer rests on it
   * @param thumbnail drawn at its place, for a few
   */
  public record Point(
      double x, double y, int group, String name, Optional<EncodedImage> thumbnail) {
    public Point(double x, double y, int group, String name) {
      this(x, y, group, name, Optional.empty());
    }
  }

  /** A thumbnail in the drawing: its left and top, its size. */
  public record Picture(String x, String y, EncodedImage image, String name) {
    /** The picture as the page holds it. */
    public String uri() {
      return DataUri.of(image);
    }
  }

  /** A point in the drawing, from its left and its top. */
  public record Mark(String x, String y, int group, String name) {
    /** The style of the group. */
    public String style() {
      return "hue" + group % HUES;
    }
  }

  public Scatter {
    marks = List.copyOf(marks);
    pictures = List.copyOf(pictures);
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
    List<Mark> marks = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    for (Point point : points) {
      double left = WIDTH / 2 + (point.x - middleX) * known;
      double top = HEIGHT / 2 - (point.y - middleY) * known;
      marks.add(new Mark(place(left), place(top), point.group, point.name));
      point.thumbnail.ifPresent(image -> pictures.add(picture(image, left, top, point.name)));
    }
    return new Scatter(caption, marks, pictures);
  }

  /** Centred on its point, but within the drawing. */
  private static Picture picture(EncodedImage image, double x, double y, String name) {
    double left = Math.max(0, Math.min(WIDTH - image.width(), x - image.width() / 2.0));
    double top = Math.max(0, Math.min(HEIGHT - image.height(), y - image.height() / 2.0));
    return new Picture(place(left), place(top), image, name);
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
