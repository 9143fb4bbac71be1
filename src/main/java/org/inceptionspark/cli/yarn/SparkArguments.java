package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.InProcessLauncher;

/**
 * Arguments for spark-submit, in their order: {@code --name value}, {@code --name=value} and
 * switches.
 */
record SparkArguments(List<Argument> arguments) {
  private static final Set<String> SWITCHES =
      Set.of("--verbose", "-v", "--supervise", "--load-spark-defaults");

  /** A switch has no value. */
  record Argument(String name, String value) {}

  static SparkArguments of(List<String> words) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (word.startsWith("--") && equals > 0) {
        arguments.add(new Argument(word.substring(0, equals), word.substring(equals + 1)));
      } else if (SWITCHES.contains(word)) {
        arguments.add(new Argument(word, null));
      } else if (i + 1 < words.size()) {
        arguments.add(new Argument(word, words.get(++i)));
      } else {
        throw new IllegalArgumentException("spark-submit: " + word + " has no value");
      }
    }
    return new SparkArguments(List.copyOf(arguments));
  }

  /** The values of an option that takes lists. */
  List<String> list(String name) {
    return arguments.stream()
        .filter(argument -> argument.name().equals(name))
        .flatMap(argument -> List.of(argument.value().split(",")).stream())
        .filter(value -> !value.isBlank())
        .toList();
  }

  /** The same with more values in a list. */
  SparkArguments adding(String name, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(list(name));
    all.addAll(values);
    List<Argument> others =
        new ArrayList<>(arguments.stream().filter(other -> !other.name().equals(name)).toList());
    others.add(new Argument(name, String.join(",", all)));
    return new SparkArguments(List.copyOf(others));
  }

  void applyTo(InProcessLauncher launcher) {
    launcher.setMaster("yarn").setDeployMode("cluster"); // or the launcher warns about client mode
    for (Argument argument : arguments) {
      if (argument.name().equals("--master") || argument.name().equals("--deploy-mode")) {
        continue;
      }
      if (argument.value() == null) {
        launcher.addSparkArg(argument.name());
      } else {
        launcher.addSparkArg(argument.name(), argument.value());
      }
    }
  }

  /**
   * Spark's settings as far as they are in files and arguments, the latter winning.
   *
   * @param defaults Spark's own file; it need not be there
   */
  SparkConf settings(Path defaults) throws IOException {
    SparkConf conf = new SparkConf(false);
    read(defaults, conf);
    for (String file : list("--properties-file")) {
      read(Path.of(file), conf);
    }
    for (Argument argument : arguments) {
      if (argument.name().equals("--conf") || argument.name().equals("-c")) {
        String[] setting = argument.value().split("=", 2);
        conf.set(setting[0], setting.length > 1 ? setting[1] : "");
      }
    }
    return conf;
  }

  private static void read(Path file, SparkConf conf) throws IOException {
    if (Files.isReadable(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().stream()
          .filter(name -> name.startsWith("spark."))
          .forEach(name -> conf.set(name, properties.getProperty(name).strip()));
    }
  }
}
