package org.inceptionspark.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inceptionspark.labels.Label;
import org.inceptionspark.search.neighbours.Neighbour;
import org.inceptionspark.search.neighbours.Query;

/** The results of a search, as text or JSON. */
public record SearchReport(Query query, List<Neighbour> neighbours, double seconds) {
  public String text() {
    StringBuilder text = new StringBuilder();
    int width = neighbours.stream().mapToInt(found -> best(found).length()).max().orElse(0);
    for (Neighbour found : neighbours) {
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f  %-" + Math.max(1, width) + "s  %s%n",
              found.similarity(),
              best(found),
              found.path()));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%d nearest to %s, model %s, in %.1f s",
                neighbours.size(),
                Secrets.masked(query.name()),
                query.model(),
                seconds))
        .toString();
  }

  private static String best(Neighbour neighbour) {
    return neighbour.top().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%s %.4f",
            neighbour.top().get(0).label(),
            neighbour.top().get(0).probability());
  }

  public String json() {
    return Json.object()
        .with("query", query.name())
        .with("model", query.model())
        .with("seconds", seconds)
        .with("neighbours", neighbours.stream().map(SearchReport::fields).toList())
        .text();
  }

  private static Map<String, Object> fields(Neighbour neighbour) {
    return Json.object()
        .with("path", neighbour.path())
        .with("similarity", neighbour.similarity())
        .with("run_date", neighbour.runDate().toString())
        .with("sha256", neighbour.sha256())
        .with("labels", neighbour.top().stream().map(SearchReport::fields).toList())
        .fields();
  }

  private static Map<String, Object> fields(Label label) {
    return Json.object()
        .with("index", label.index())
        .with("label", label.label())
        .with("probability", label.probability())
        .fields();
  }
}
