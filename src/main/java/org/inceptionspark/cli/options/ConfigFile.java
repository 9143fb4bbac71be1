package org.inceptionspark.cli.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * A properties file of option names without dashes, such as {@code max-error-rate = 0.01}. An
 * option on the command line wins over the file, the file over the default. An unknown key is an
 * error, since it would never apply.
 */
public final class ConfigFile {
  private static final String OPTION = "--config";
  private static final Set<String> COMMAND_LINE_ONLY = Set.of("config", "help", "version");

  private ConfigFile() {}

  /** Finds the file before everything else is parsed. */
  @Command
  private static final class Finder {
    @Option(names = OPTION)
    private Path file;
  }

  public static Optional<Path> in(String[] arguments) {
    Finder finder = new Finder();
    new CommandLine(finder).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
    return Optional.ofNullable(finder.file);
  }

  /**
   * Takes the command's defaults from a file.
   *
   * @param command whose options are the keys
   * @throws ParameterException if the file cannot be read or has unknown keys
   */
  public static void apply(Path file, CommandLine command) {
    Properties properties = read(command, file);
    Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.removeAll(keys(command.getCommandSpec()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(command, file + ": unknown keys " + unknown);
    }
    command.setDefaultValueProvider(argument -> value(properties, argument));
  }

  private static String value(Properties properties, ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? keys(option)
            .map(properties::getProperty)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static Properties read(CommandLine command, Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command, "cannot read the file " + e.getMessage(), e);
    }
    return properties;
  }

  private static Set<String> keys(CommandSpec command) {
    return command.options().stream()
        .flatMap(ConfigFile::keys)
        .filter(key -> !COMMAND_LINE_ONLY.contains(key))
        .collect(Collectors.toSet());
  }

  private static Stream<String> keys(OptionSpec option) {
    return Stream.of(option.names()).map(name -> name.replaceFirst("^--", ""));
  }
}
