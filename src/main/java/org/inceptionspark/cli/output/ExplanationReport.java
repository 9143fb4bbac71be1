package org.inceptionspark.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.labeler.ActivationMap;
import org.inceptionspark.labeler.ActivationMap.Head;
import org.inceptionspark.labeler.Explanation;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labels.Label;

/** An explanation as words and as JSON. */
public record ExplanationReport(
    String image, LabelerSpec spec, Explanation explanation, String file) {

  public String text() {
    ActivationMap map = explanation.map();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s %.4f%n",
            Secrets.masked(image),
            explanation.label().label(),
            explanation.label().probability()));
    text.append(
        String.format(
            Locale.ROOT,
            "logit %.4f = %d places %.4f + bias %.4f%s%n",
            explanation.logit(),
            map.contributions().length,
            map.logit() - map.bias(),
            map.bias(),
            map.head() == Head.LINEAR ? "" : ", through the units that this image activates"));
    return text.append("written to ").append(file).append(System.lineSeparator()).toString();
  }

  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    ActivationMap map = explanation.map();
    json.put("image", Secrets.masked(image)).put("model", spec.fingerprint());
    put(json, explanation.label());
    json.put("logit", explanation.logit()).put("bias", map.bias());
    json.put("head", map.head().name().toLowerCase(Locale.ROOT));
    ArrayNode rows = json.putArray("map");
    for (int row = 0; row < map.rows(); row++) {
      ArrayNode values = rows.addArray();
      for (int column = 0; column < map.columns(); column++) {
        values.add(map.contributions()[row * map.columns() + column]);
      }
    }
    Region place = explanation.heat().place();
    json.putObject("place")
        .put("left", place.left())
        .put("top", place.top())
        .put("right", place.right())
        .put("bottom", place.bottom());
    ArrayNode top = json.putArray("top");
    explanation.result().top().forEach(label -> put(top.addObject(), label));
    json.put("output", file);
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private static void put(ObjectNode json, Label label) {
    json.put("index", label.index());
    json.put("label", label.label());
    json.put("probability", label.probability());
  }
}
