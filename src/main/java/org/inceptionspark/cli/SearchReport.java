package org.inceptionspark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inceptionspark.labels.Label;
import org.inceptionspark.search.Neighbour;
import org.inceptionspark.search.Query;

/** What a search found, for a person or a program. */
record SearchReport(Query query, List<Neighbour> neighbours, double seconds) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  String text() {
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

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("query", query.name());
    fields.put("model", query.model());
    fields.put("seconds", seconds);
    fields.put("neighbours", neighbours.stream().map(SearchReport::fields).toList());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("search report: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Object> fields(Neighbour neighbour) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", neighbour.path());
    fields.put("similarity", neighbour.similarity());
    fields.put("run_date", neighbour.runDate().toString());
    fields.put("sha256", neighbour.sha256());
    fields.put("labels", neighbour.top().stream().map(SearchReport::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Label label) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", label.index());
    fields.put("label", label.label());
    fields.put("probability", label.probability());
    return fields;
  }
}
