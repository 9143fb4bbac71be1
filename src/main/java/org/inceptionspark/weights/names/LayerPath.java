package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * Where a layer is in a model: {@code layer_with_weights-1/layer_with_weights-0} in Keras' object
 * checkpoints, {@code classifier.0} in torch's state dicts.
 */
record LayerPath(List<String> segments, String separator) {
  private static final int MOST_NAMED = 5;
  private static final Pattern NUMBER = Pattern.compile("(?:layer_with_weights-)?(\\d{1,6})");

  static LayerPath of(String path, String separator) {
    return new LayerPath(
        path.isEmpty() ? List.of() : List.of(path.split(Pattern.quote(separator))), separator);
  }

  /** The object that contains this one. */
  LayerPath parent() {
    return new LayerPath(segments.subList(0, segments.size() - 1), separator);
  }

  /** Its number among the layers of a model that Keras keeps in order. */
  Optional<Integer> number() {
    return segments.isEmpty() ? Optional.empty() : number(segments.get(segments.size() - 1));
  }

  private static Optional<Integer> number(String segment) {
    Matcher number = NUMBER.matcher(segment);
    return number.matches() ? Optional.of(Integer.parseInt(number.group(1))) : Optional.empty();
  }

  /**
   * Negative if it comes before the other; empty if they differ first in a name, which has no
   * order.
   */
  Optional<Integer> order(LayerPath other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      String mine = segments.get(i);
      String its = other.segments.get(i);
      if (!mine.equals(its)) {
        return number(mine).flatMap(one -> number(its).map(two -> Integer.compare(one, two)));
      }
    }
    return Optional.empty();
  }

  /**
   * The paths in the order of their layers.
   *
   * @throws WeightsException UNSUPPORTED if only names distinguish them
   */
  static List<LayerPath> inOrder(List<LayerPath> paths, String source) {
    List<LayerPath> sorted = new ArrayList<>();
    for (LayerPath path : paths) {
      int at = 0;
      for (LayerPath before : sorted) {
        int order = before.order(path).orElseThrow(() -> unordered(paths, source));
        at += order < 0 ? 1 : 0;
      }
      sorted.add(at, path);
    }
    return sorted;
  }

  private static WeightsException unordered(List<LayerPath> paths, String source) {
    return new WeightsException(
        Kind.UNSUPPORTED,
        source,
        "layers besides the network's, whose order is unknown: "
            + words(paths)
            + "; a head is dense layers that are numbered");
  }

  /** The first few. */
  static String words(List<LayerPath> paths) {
    return paths.stream()
            .limit(MOST_NAMED)
            .map(path -> path.segments.isEmpty() ? "the whole model" : path.toString())
            .collect(Collectors.joining(", "))
        + (paths.size() > MOST_NAMED ? " and " + (paths.size() - MOST_NAMED) + " more" : "");
  }

  @Override
  public String toString() {
    return String.join(separator, segments);
  }
}
