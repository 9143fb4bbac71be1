package org.inceptionspark.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.inceptionspark.learn.ConfusionMatrix;
import org.inceptionspark.learn.ConfusionMatrix.Cell;
import org.inceptionspark.learn.LabelledRows;

/** Figures about labelled images as text. */
public final class LearnReport {
  /** A wider matrix is unreadable; its largest confusions are listed instead. */
  private static final int WIDEST_MATRIX = 12;

  private static final int MISTAKES = 20;

  private LearnReport() {}

  /** The number of labels with a row. */
  public static List<String> labels(LabelledRows rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "labels      %d, in the table %d", rows.labels(), rows.matched()));
    if (!rows.unknown().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "unknown     %d: %s",
              rows.labels() - rows.matched(),
              String.join(", ", rows.unknown())));
    }
    if (!rows.failures().isEmpty()) {
      lines.add(
          "failed      "
              + rows.failures().entrySet().stream()
                  .map(kind -> kind.getValue() + " " + kind.getKey())
                  .collect(Collectors.joining(", ")));
    }
    return lines;
  }

  /** A line for each class, and the total. */
  public static List<String> classes(ConfusionMatrix matrix) {
    int width = Math.max(8, width(matrix.classes()));
    String row = "%-" + width + "s  %9s  %9s  %9s";
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, row, "class", "images", "precision", "recall"));
    for (String name : matrix.classes()) {
      lines.add(
          String.format(
              Locale.ROOT,
              row,
              name,
              matrix.support(name),
              share(matrix.precision(name)),
              share(matrix.recall(name))));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "accuracy %.4f: %d of %d images right",
            matrix.accuracy(),
            matrix.right(),
            matrix.images()));
    return lines;
  }

  /** The matrix, or its largest confusions if it is wide. */
  public static List<String> confusion(ConfusionMatrix matrix) {
    return matrix.classes().size() <= WIDEST_MATRIX ? square(matrix) : mistakes(matrix);
  }

  private static List<String> square(ConfusionMatrix matrix) {
    List<String> classes = matrix.classes();
    int width = Math.max(6, width(classes));
    List<String> lines = new ArrayList<>();
    lines.add("rows: what it is; columns: what it was taken for");
    StringBuilder head = new StringBuilder(padded("", width));
    classes.forEach(
        name -> head.append("  ").append(" ".repeat(Math.max(0, 6 - name.length()))).append(name));
    lines.add(head.toString());
    for (String actual : classes) {
      StringBuilder line = new StringBuilder(padded(actual, width));
      for (String predicted : classes) {
        String count = Long.toString(matrix.count(actual, predicted));
        int cell = Math.max(6, predicted.length());
        line.append("  ").append(" ".repeat(Math.max(0, cell - count.length()))).append(count);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<String> mistakes(ConfusionMatrix matrix) {
    List<String> lines = new ArrayList<>();
    lines.add("most frequent mistakes");
    matrix.cells().stream()
        .filter(cell -> !cell.actual().equals(cell.predicted()))
        .sorted((a, b) -> Long.compare(b.count(), a.count()))
        .limit(MISTAKES)
        .map(LearnReport::mistake)
        .forEach(lines::add);
    return lines;
  }

  private static String mistake(Cell cell) {
    return String.format(
        Locale.ROOT, "%6d  %s taken for %s", cell.count(), cell.actual(), cell.predicted());
  }

  private static String share(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
  }

  private static int width(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
