package org.inceptionspark.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.WeightsInspection;
import org.inceptionspark.weights.WeightsInspection.Entry;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.ValueRange;

/**
 * An inspection as text or JSON.
 *
 * @param problem why the file cannot be used as a model
 */
public record WeightsReport(String file, WeightsInspection inspection, Optional<String> problem) {
  private static final int WIDEST_NAME = 100;

  public static WeightsReport of(String file, WeightsInspection inspection) {
    Optional<String> problem =
        inspection.problem().isPresent()
            ? inspection.problem().map(WeightsReport::words)
            : inspection.model().flatMap(WeightsReport::misfit);
    return new WeightsReport(file, inspection, problem);
  }

  /** What a network built for these weights would lack. */
  private static Optional<String> misfit(ModelWeights model) {
    try {
      LabelerSpec.builder(model).build();
      return Optional.empty();
    } catch (WeightsException e) {
      return Optional.of(words(e));
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static String words(WeightsException e) {
    return e.kind() + ": " + e.tensor().map(name -> name + ": ").orElse("") + e.detail();
  }

  private List<Entry> unused() {
    return inspection.tensors().stream().filter(each -> each.variables().isEmpty()).toList();
  }

  private long values() {
    return inspection.tensors().stream().mapToLong(each -> each.stored().elements()).sum();
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "file", file);
    line(text, "format", inspection.format().toString());
    line(
        text,
        "tensors",
        String.format(Locale.ROOT, "%d with %,d values", inspection.tensors().size(), values()));
    inspection.model().ifPresent(model -> model(text, model));
    line(text, "usable", problem.map(why -> "no; " + why).orElse("yes, nothing is missing"));
    line(text, "unused", unusedInWords());
    text.append('\n');
    int name = Math.min(widest(each -> each.stored().name()), WIDEST_NAME);
    int range = widest(WeightsReport::range);
    inspection.tensors().forEach(each -> tensor(text, each, name, range));
    return text.toString();
  }

  private String unusedInWords() {
    int count = unused().size();
    return switch (count) {
      case 0 -> "none";
      case 1 -> "1 tensor that the network does not need";
      default -> count + " tensors that the network does not need";
    };
  }

  private int widest(Function<Entry, String> column) {
    return inspection.tensors().stream()
        .mapToInt(each -> column.apply(each).length())
        .max()
        .orElse(1);
  }

  private static void model(StringBuilder text, ModelWeights model) {
    NetworkVariant traits = model.traits();
    line(text, "family", traits.family().toString());
    line(text, "classes", traits.classes() == 0 ? "none, features only" : "" + traits.classes());
    if (!traits.hiddenUnits().isEmpty()) {
      line(text, "dense", "layers of " + traits.hiddenUnits() + " units before the logits");
    }
    line(
        text,
        "widths",
        "depth multiplier " + traits.depthMultiplier() + ", at least " + traits.minDepth());
    line(
        text,
        "norm",
        !traits.batchNorm()
            ? "folded into kernels and biases"
            : traits.gamma() ? "batch norm with scale" : "batch norm without scale");
    line(text, "aux head", traits.auxLogits() ? "yes" : "no");
    line(text, "pools", words(traits));
    line(text, "input", "preprocessing " + traits.preprocessing());
    line(text, "output", traits.output().name().toLowerCase(Locale.ROOT));
    line(text, "fingerprint", model.fingerprint());
  }

  private static String words(NetworkVariant traits) {
    String divisor =
        switch (traits.poolDivisor()) {
          case EXISTING -> "averages leave padding out";
          case WINDOW -> "averages count padding as zeros";
        };
    return switch (traits.lastPool()) {
      case AVERAGE -> divisor;
      case MAXIMUM -> divisor + ", the last block takes the maximum";
    };
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
  }

  private static void tensor(StringBuilder text, Entry entry, int nameWidth, int rangeWidth) {
    String names = String.join(", ", entry.variables());
    boolean renamed = !names.isEmpty() && !names.equals(entry.stored().name());
    String line =
        String.format(
            Locale.ROOT,
            "%-" + nameWidth + "s %-8s %-18s %-" + rangeWidth + "s%s",
            entry.stored().name(),
            entry.stored().dtype(),
            entry.stored().dimensions(),
            range(entry),
            names.isEmpty() ? "  (unused)" : renamed ? "  -> " + names : "");
    text.append(line.stripTrailing()).append('\n');
  }

  private static String range(Entry entry) {
    return entry
        .range()
        .map(each -> words(each) + (each.finite() ? "" : ", NOT ALL FINITE"))
        .orElse("-");
  }

  private static String words(ValueRange range) {
    return range.min() == range.max()
        ? String.format(Locale.ROOT, "%.5g", range.min())
        : String.format(Locale.ROOT, "%.5g to %.5g", range.min(), range.max());
  }

  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("file", file).put("format", inspection.format().name());
    inspection
        .model()
        .ifPresent(
            model -> {
              json.set("traits", mapper.valueToTree(model.traits()));
              json.put("fingerprint", model.fingerprint());
            });
    json.put("usable", problem.isEmpty());
    problem.ifPresent(why -> json.put("problem", why));
    ArrayNode tensors = json.putArray("tensors");
    for (Entry entry : inspection.tensors()) {
      ObjectNode tensor = tensors.addObject();
      tensor.put("name", entry.stored().name()).put("dtype", entry.stored().dtype().toString());
      tensor.set("shape", mapper.valueToTree(entry.stored().dimensions()));
      tensor.set("variables", mapper.valueToTree(entry.variables()));
      entry.range().ifPresent(range -> tensor.set("range", mapper.valueToTree(range)));
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }
}
