package org.inceptionspark.cli.options;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.inceptionspark.cli.output.Secrets;
import picocli.CommandLine.Model.CommandSpec;

/** What a command runs with, wherever each value came from; secrets masked. */
public final class EffectiveOptions {
  private static final Set<String> NOT_SETTINGS = Set.of("--help", "--version");

  private EffectiveOptions() {}

  public static Map<String, String> of(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !NOT_SETTINGS.contains(option.longestName()))
        .filter(option -> !words(option.getValue()).isEmpty())
        .collect(
            Collectors.toMap(
                option -> option.longestName().substring(2),
                option -> Secrets.masked(words(option.getValue())),
                (one, other) -> one,
                TreeMap::new));
  }

  /** In the form of the command line; empty for an option without a value. */
  private static String words(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(EffectiveOptions::words).orElse("");
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(EffectiveOptions::words).collect(Collectors.joining(","));
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
