package org.inceptionspark.cli.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A labels table as text: one line per image with its best labels, then the totals. */
public final class LabelsReport {
  private final Dataset<Row> table;
  private final int rows;
  private final int labels;

  /**
   * @param rows most lines
   * @param labels most labels per line
   */
  public LabelsReport(Dataset<Row> table, int rows, int labels) {
    this.table = table;
    this.rows = rows;
    this.labels = labels;
  }

  public List<String> lines() {
    Row totals = totals();
    List<Row> first =
        table.select("path", "top", "error").orderBy("path").limit(rows).collectAsList();
    List<String> paths = first.stream().map(row -> row.<String>getAs("path")).toList();
    int shared = sharedDirectory(paths);
    int width = paths.stream().mapToInt(path -> path.length() - shared).max().orElse(0);
    List<String> lines = new ArrayList<>();
    int labelWidth =
        first.stream().flatMap(this::best).mapToInt(LabelsReport::length).max().orElse(1);
    for (Row row : first) {
      String name = row.<String>getAs("path").substring(shared);
      lines.add(padded(name, width) + "  " + outcome(row, labelWidth));
    }
    long images = totals.getLong(0);
    if (images > first.size()) {
      lines.add("... and " + (images - first.size()) + " more");
    }
    lines.add("");
    lines.addAll(summary(totals, paths.isEmpty() ? "" : paths.get(0).substring(0, shared)));
    return lines;
  }

  private Row totals() {
    return table
        .agg(
            count(lit(1)),
            count(col("error")),
            max(size(col("prelogits"))),
            countDistinct(col("model")),
            max(col("model")))
        .head();
  }

  private static List<String> summary(Row totals, String directory) {
    long images = totals.getLong(0);
    long failed = totals.getLong(1);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "images      %d: %d labelled, %d not", images, images - failed, failed));
    if (!directory.isEmpty()) {
      lines.add("from        " + directory);
    }
    if (images > failed) {
      lines.add(
          String.format(
              Locale.ROOT, "embeddings  %d floats an image (column prelogits)", totals.getInt(2)));
    }
    if (images > 0) {
      long models = totals.getLong(3);
      lines.add("model       " + (models == 1 ? totals.getString(4) : models + " models"));
    }
    return lines;
  }

  private String outcome(Row row, int labelWidth) {
    Row error = row.getAs("error");
    return error != null
        ? error.getAs("kind") + ": " + error.getAs("message")
        : best(row).map(label -> label(label, labelWidth)).collect(Collectors.joining("  "));
  }

  private Stream<Row> best(Row row) {
    int top = row.fieldIndex("top");
    return row.isNullAt(top) ? Stream.of() : row.<Row>getList(top).stream().limit(labels);
  }

  private static String label(Row label, int width) {
    String probability = String.format(Locale.ROOT, "%.4f", label.<Float>getAs("probability"));
    return padded(label.getAs("label"), width) + " " + probability;
  }

  private static int length(Row label) {
    return label.<String>getAs("label").length();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The length of the common prefix of all paths, up to and including a slash. */
  private static int sharedDirectory(List<String> paths) {
    if (paths.isEmpty()) {
      return 0;
    }
    String shared = paths.get(0);
    for (String path : paths) {
      int length = 0;
      while (length < Math.min(shared.length(), path.length())
          && shared.charAt(length) == path.charAt(length)) {
        length++;
      }
      shared = shared.substring(0, length);
    }
    return shared.lastIndexOf('/') + 1;
  }
}
