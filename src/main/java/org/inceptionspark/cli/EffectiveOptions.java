package org.inceptionspark.cli;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command runs with, wherever each value came from; secrets masked. */
final class EffectiveOptions {
  private static final Set<String> NOT_SETTINGS = Set.of("--help", "--version");

  private EffectiveOptions() {}

  static Map<String, String> of(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !NOT_SETTINGS.contains(option.longestName()))
        .filter(option -> option.getValue() != null)
        .collect(
            Collectors.toMap(
                option -> option.longestName().substring(2),
                option -> Secrets.masked(words(option)),
                (one, other) -> one,
                TreeMap::new));
  }

  private static String words(OptionSpec option) {
    Object value = option.getValue();
    return value instanceof Collection<?> values
        ? values.stream().map(Object::toString).collect(Collectors.joining(","))
        : value.toString();
  }
}
