package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;

/**
 * What the convolutions of an Inception V3 need and a file lacks, in one line: what the file is
 * instead, what is missing, which of its tensors have similar names.
 */
public final class MissingVariables {
  /** The prefix of variables that a SavedModel reaches only through its list of all variables. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?:.*/)?(?:trainable_|non_trainable_)?variables/\\d+/\\.ATTRIBUTES/VARIABLE_VALUE");

  private static final int MOST_NAMED = 3;

  /** A file with more tensors than this is not searched further for similar names. */
  private static final int MOST_COMPARED = 2000;

  private static final int LONGEST_COMPARED = 120;

  /** Edits, as a share of a name's length, up to which another name looks alike. */
  private static final double ALIKE = 0.25;

  private static final List<String> NORM =
      List.of("BatchNorm/beta", "BatchNorm/moving_mean", "BatchNorm/moving_variance");

  private final WeightsFile file;
  private final String source;
  private final Set<String> stored;
  private final Set<String> bound;

  private MissingVariables(WeightsFile file, String source, List<Binding> bindings) {
    this.file = file;
    this.source = source;
    stored = bindings.stream().map(Binding::stored).collect(Collectors.toSet());
    bound = bindings.stream().map(Binding::variable).collect(Collectors.toSet());
  }

  /** A tensor whose name is similar to one that is missing. */
  private record Lookalike(String name, String wanted, double distance) {}

  /**
   * Checks that a file has all convolutions with their batch normalisation or biases.
   *
   * @throws WeightsException MISSING_TENSOR
   */
  public static void require(WeightsFile file, String source, List<Binding> bindings) {
    MissingVariables found = new MissingVariables(file, source, bindings);
    List<String> needed = found.needed();
    List<String> missing = needed.stream().filter(name -> !found.bound.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw found.error(needed.size(), missing);
    }
  }

  /** The failure of a file that has no convolution of an Inception V3 at all. */
  static WeightsException all(WeightsFile file, String source) {
    MissingVariables found = new MissingVariables(file, source, List.of());
    List<String> needed = found.needed();
    return found.error(needed.size(), needed);
  }

  private List<String> needed() {
    boolean biases =
        bound.stream().noneMatch(name -> name.contains("/BatchNorm/"))
            && NamedLayer.base().stream()
                .anyMatch(layer -> bound.contains(layer.variable("biases")));
    List<String> leaves = biases ? List.of("biases") : NORM;
    List<String> needed = new ArrayList<>();
    for (NamedLayer layer : NamedLayer.base()) {
      needed.add(layer.variable("weights"));
      leaves.forEach(leaf -> needed.add(layer.variable(leaf)));
    }
    return needed;
  }

  private WeightsException error(int needed, List<String> missing) {
    String words =
        title(missing.size() == needed)
            + missing.size()
            + " of "
            + needed
            + " variables of its convolutions are missing: "
            + String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
            + (missing.size() > MOST_NAMED
                ? " and " + (missing.size() - MOST_NAMED) + " more"
                : "");
    return new WeightsException(Kind.MISSING_TENSOR, source, words + alike(missing));
  }

  private String title(boolean nothing) {
    String size = file.format() + " of " + file.tensors().size() + " tensors";
    if (file.tensors().stream().anyMatch(each -> NUMBERED.matcher(each.name()).matches())) {
      return size
          + ", numbered and not named, as TensorFlow saves a model within another:"
          + " give its .keras or .h5 file; ";
    }
    Optional<String> other = nothing ? OtherNetworks.title(file.tensors()) : Optional.empty();
    return other
        .map(title -> size + ", not an Inception V3 but " + title + "; ")
        .orElse(size + (nothing ? ", no Inception V3; " : ", no complete Inception V3; "));
  }

  private String alike(List<String> missing) {
    List<StoredTensor> candidates =
        file.tensors().stream()
            .filter(tensor -> !stored.contains(tensor.name()))
            .filter(tensor -> tensor.dtype().isFloat())
            .filter(tensor -> tensor.name().length() <= LONGEST_COMPARED)
            .limit(MOST_COMPARED)
            .toList();
    Set<String> named = new HashSet<>();
    List<Lookalike> closest =
        candidates.stream()
            .flatMap(tensor -> closest(tensor.name(), missing).stream())
            .sorted(Comparator.comparingDouble(Lookalike::distance))
            .filter(each -> named.add(each.wanted()))
            .limit(MOST_NAMED)
            .toList();
    return closest.isEmpty()
        ? candidates.stream().findFirst().map(each -> "; its first is " + each.name()).orElse("")
        : closest.stream()
            .map(each -> each.name() + " (for " + each.wanted() + ")")
            .collect(Collectors.joining(", ", "; alike are ", ""));
  }

  private static Optional<Lookalike> closest(String name, List<String> missing) {
    Lookalike best = null;
    for (String wanted : missing) {
      int limit = (int) (ALIKE * Math.max(name.length(), wanted.length()));
      int edits = new LevenshteinDistance(limit).apply(name, wanted);
      double distance = (double) edits / wanted.length();
      if (edits >= 0 && (best == null || distance < best.distance)) {
        best = new Lookalike(name, wanted, distance);
      }
    }
    return Optional.ofNullable(best);
  }
}
