package org.inceptionspark.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.AlternativeWeights;
import org.inceptionspark.weights.file.PrefixedWeights;
import org.inceptionspark.weights.file.UnpackedWeights;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.names.MissingVariables;
import org.inceptionspark.weights.names.NamedLayer;
import org.inceptionspark.weights.names.TorchNames;
import org.inceptionspark.weights.names.Translation;
import org.inceptionspark.weights.names.Translations;
import org.inceptionspark.weights.torch.TorchFile;

/**
 * Which of a file's sets of tensors is the network: the one that has all its variables. A set is a
 * dictionary of a torch file, or the tensors with a common prefix in one; it is named by the keys
 * that lead to it, such as {@code state_dict} or {@code state_dict/teacher}.
 */
final class ChosenWeights {
  private static final int MOST_NAMED = 10;

  private static final String LOGITS = "InceptionV3/Logits/";
  private static final Pattern MATRIX = Pattern.compile("(?:.*\\.)?weight");

  private final WeightsFile file;
  private final String source;
  private final LoadOptions options;

  private ChosenWeights(WeightsFile file, String source, LoadOptions options) {
    this.file = file;
    this.source = source;
    this.options = options;
  }

  /**
   * The file with only the tensors of its network.
   *
   * @throws WeightsException UNSUPPORTED if several are networks and the options name none, UNSAFE
   *     if none is and the file has more that is not read
   */
  static WeightsFile of(WeightsFile opened, String source, LoadOptions options) {
    return opened instanceof UnpackedWeights unpacked
        ? unpacked.with(new ChosenWeights(unpacked.inner(), source, options).choose())
        : new ChosenWeights(opened, source, options).choose();
  }

  private WeightsFile choose() {
    Map<String, WeightsFile> sets = sets();
    if (options.stateDict().isPresent()) {
      return whole(named(options.stateDict().get()));
    }
    List<String> networks = sets.keySet().stream().filter(name -> binds(sets.get(name))).toList();
    if (networks.size() > 1) {
      throw unsupported(
          "several networks are in it: "
              + String.join(", ", networks)
              + "; choose one by --state-dict NAME");
    }
    if (networks.size() == 1) {
      requireHead(networks.get(0), sets);
      return whole(sets.get(networks.get(0)));
    }
    if (file instanceof AlternativeWeights several && several.unread().isPresent()) {
      throw several.unread().get();
    }
    return file;
  }

  /** Each dictionary, or each network in it where prefixes separate several. */
  private Map<String, WeightsFile> sets() {
    Map<String, WeightsFile> sets = new LinkedHashMap<>();
    dictionaries()
        .forEach(
            (path, dictionary) -> {
              List<String> prefixes = TorchNames.prefixes(dictionary);
              if (prefixes.size() < 2) {
                sets.put(path, dictionary);
              } else {
                prefixes.forEach(
                    prefix -> sets.put(name(path, prefix), part(dictionary, prefix, prefixes)));
              }
            });
    return sets;
  }

  private Map<String, WeightsFile> dictionaries() {
    return file instanceof AlternativeWeights several ? several.alternatives() : Map.of("", file);
  }

  private static String name(String path, String prefix) {
    String scope = prefix.isEmpty() ? "." : prefix.substring(0, prefix.length() - 1);
    return path.isEmpty() ? scope : path + "/" + scope;
  }

  /** Without a prefix, the tensors that have none of the other prefixes. */
  private static WeightsFile part(WeightsFile dictionary, String prefix, List<String> prefixes) {
    return new PrefixedWeights(
        dictionary,
        name ->
            name.startsWith(prefix)
                && prefixes.stream()
                    .noneMatch(
                        other -> other.length() > prefix.length() && name.startsWith(other)));
  }

  /** The set that the user named, which may be the only one. */
  private WeightsFile named(String name) {
    Map<String, WeightsFile> known = new LinkedHashMap<>(dictionaries());
    List<String> named = new ArrayList<>();
    dictionaries()
        .forEach(
            (path, dictionary) -> {
              List<String> prefixes = TorchNames.prefixes(dictionary);
              for (String prefix : prefixes) {
                known.put(name(path, prefix), part(dictionary, prefix, prefixes));
                named.add(name(path, prefix));
              }
            });
    if (!known.containsKey(name)) {
      List<String> offered = named.isEmpty() ? List.copyOf(known.keySet()) : named;
      throw unsupported(
          "no state dict "
              + name
              + " in it; there are: "
              + String.join(", ", offered.subList(0, Math.min(MOST_NAMED, offered.size()))));
    }
    return known.get(name);
  }

  private boolean binds(WeightsFile set) {
    if (set.tensors().size() < NamedLayer.base().size()) {
      return false;
    }
    try {
      Translation found = Translations.of(set, source, options.averages());
      MissingVariables.require(set, source, found.bindings());
      return true;
    } catch (WeightsException e) {
      return false;
    }
  }

  /** A head in a dictionary of its own would be lost silently. */
  private void requireHead(String network, Map<String, WeightsFile> sets) {
    boolean headless =
        Translations.of(sets.get(network), source, options.averages()).bindings().stream()
            .noneMatch(binding -> binding.variable().startsWith(LOGITS));
    sets.keySet().stream()
        .filter(name -> headless && !name.equals(network) && hasMatrix(sets.get(name)))
        .findFirst()
        .ifPresent(
            other -> {
              throw unsupported(
                  "the network in "
                      + network
                      + " has no classes, and "
                      + other
                      + " has layers; save both in one state dict, or choose one by "
                      + "--state-dict NAME");
            });
  }

  private static boolean hasMatrix(WeightsFile set) {
    return set.tensors().stream()
        .anyMatch(each -> MATRIX.matcher(each.name()).matches() && each.shape().rank() == 2);
  }

  private static WeightsFile whole(WeightsFile chosen) {
    WeightsFile dictionary = chosen instanceof PrefixedWeights part ? part.file() : chosen;
    if (dictionary instanceof TorchFile torch) {
      torch.requireWhole();
    }
    return chosen;
  }

  private WeightsException unsupported(String detail) {
    return new WeightsException(Kind.UNSUPPORTED, source, detail);
  }
}
