package org.inceptionspark.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;

/** Records of runs as text: one line each, under a heading. */
public final class RunsTable {
  private static final List<String> HEADING =
      List.of(
          "start",
          "seconds",
          "status",
          "listed",
          "skipped",
          "reused",
          "labelled",
          "errors",
          "left",
          "images/s",
          "model",
          "run");

  private RunsTable() {}

  public static List<String> lines(List<RunRecord> runs) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADING));
    runs.forEach(run -> rows.add(row(run)));
    List<Integer> widths =
        IntStream.range(0, HEADING.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .boxed()
            .toList();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(padded(rows.get(i), widths));
      if (i > 0 && runs.get(i - 1).status() == RunStatus.FAILED) {
        lines.add("  failed: " + Secrets.masked(String.valueOf(runs.get(i - 1).failure())));
      }
    }
    return lines;
  }

  private static List<String> row(RunRecord run) {
    return List.of(
        run.started().replaceFirst("\\.\\d+Z$", "Z"),
        String.format(Locale.ROOT, "%.1f", run.seconds()),
        run.status().name().toLowerCase(Locale.ROOT),
        number(run.listed()),
        number(run.skipped()),
        number(run.reused()),
        number(run.counts().get(Outcome.LABELLED)),
        errors(run.counts()),
        number(run.left()),
        String.format(Locale.ROOT, "%.1f", run.imagesPerSecond()),
        run.model().substring(0, Math.min(8, run.model().length())),
        run.runId());
  }

  /** {@code 0}, or {@code 2 CORRUPT, 1 UNREADABLE}. */
  private static String errors(Map<Outcome, Long> counts) {
    String kinds =
        counts.entrySet().stream()
            .filter(entry -> entry.getKey() != Outcome.LABELLED && entry.getValue() > 0)
            .map(entry -> number(entry.getValue()) + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return kinds.isEmpty() ? "0" : kinds;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String padded(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      boolean text = i == 0 || i == 2 || i == 7 || i >= 10;
      line.append(
          String.format(Locale.ROOT, (text ? "%-" : "%") + widths.get(i) + "s  ", cells.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
