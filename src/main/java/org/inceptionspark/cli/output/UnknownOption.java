package org.inceptionspark.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Finds a misspelt option for the usage message: the parser often complains first that the right
 * one is missing.
 */
public final class UnknownOption {
  private UnknownOption() {}

  /**
   * @param args that could not be parsed
   * @return a message about the first unknown option, if there is one
   */
  public static Optional<String> among(String[] args, CommandLine command) {
    return Arrays.stream(args)
        .filter(word -> word.matches("--[a-z].*"))
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
        .findFirst()
        .map(option -> "unknown option " + option + likeliest(option, command));
  }

  private static String likeliest(String option, CommandLine command) {
    return new UnmatchedArgumentException(command, List.of(option))
        .getSuggestions().stream()
            .findFirst()
            .map(suggestion -> ", did you mean " + suggestion + "?")
            .orElse("");
  }
}
