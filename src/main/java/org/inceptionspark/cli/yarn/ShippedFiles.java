package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.job.storage.ModelParts;
import org.inceptionspark.job.storage.NamedFile;
import org.inceptionspark.labels.LabelNames;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The local files that a command's options name, for a driver on another machine: Spark copies them
 * to its working directory, and the options are changed to their names there.
 */
public final class ShippedFiles {
  private final CommandLine command;
  private final Configuration hadoop;
  private final Set<String> shipped;
  private final Set<String> names = new HashSet<>();
  private final List<String> files = new ArrayList<>();
  private final List<String> archives = new ArrayList<>();
  private List<String> arguments;

  /**
   * @param command that has parsed its arguments
   * @param arguments of the command, its name first
   * @param shipped names that will be in the driver's working directory anyway
   */
  ShippedFiles(
      CommandLine command, List<String> arguments, Set<String> shipped, Configuration hadoop) {
    this.command = command;
    this.arguments = List.copyOf(arguments);
    this.shipped = Set.copyOf(shipped);
    this.hadoop = hadoop;
    names.addAll(shipped);
  }

  /**
   * @throws ParameterException if an option names what the driver could not read, or would write
   *     and lose
   */
  void find() throws IOException {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      Names marked = marked(argument);
      if (marked != null) {
        for (String value : new TreeSet<>(values(argument.getValue()))) {
          find(argument, marked.value(), value);
        }
      }
    }
  }

  private static Names marked(ArgSpec argument) {
    return argument.userObject() instanceof Field field ? field.getAnnotation(Names.class) : null;
  }

  private static List<String> values(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(ShippedFiles::values).orElse(List.of());
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().flatMap(one -> values(one).stream()).toList();
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  private void find(ArgSpec argument, Names.Kind kind, String value) throws IOException {
    switch (kind) {
      case SETTINGS, FILE -> ship(argument, value);
      case CLASS_NAMES -> {
        if (!LabelNames.isBuiltIn(value)) {
          ship(argument, value);
        }
      }
      case PAGE -> {
        if (NamedFile.isBare(value)) {
          throw wrong(
              argument,
              value,
              "would be written to the driver's container and be lost with it; write a URI, such"
                  + " as hdfs:///path or s3a://bucket/path");
        }
      }
      case DATA -> {
        boolean ofOneMachine =
            NamedFile.isBare(value) && "file".equals(FileSystem.getDefaultUri(hadoop).getScheme());
        if (ofOneMachine) {
          throw wrong(
              argument,
              value,
              "is a directory of one machine, as fs.defaultFS is file:///; write a URI, with file:"
                  + " if all machines of the cluster have it");
        }
      }
    }
  }

  private ParameterException wrong(ArgSpec argument, String value, String why) {
    return new ParameterException(
        command, "in cluster mode " + name(argument) + " " + value + " " + why);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private void ship(ArgSpec argument, String value) throws IOException {
    Optional<Path> local = NamedFile.onThisMachine(value, hadoop);
    if (local.isEmpty() || shipped.contains(value)) {
      return; // in storage, or a built-in name
    }
    Path file = local.get().toAbsolutePath().normalize();
    String name = file.getFileName().toString();
    List<Path> parts = ModelParts.of(file);
    for (Path part : parts) {
      String own = part.getFileName().toString();
      if (!names.add(own)) {
        throw wrong(argument, value, "has the same name as another file to be shipped: " + own);
      }
      if (!part.getParent().equals(file.getParent())) {
        throw wrong(argument, value, "has files in folders below: name the directory instead");
      }
      if (part.toString().matches(".*[,#].*")) {
        throw wrong(argument, value, "cannot be shipped by Spark: its name has a comma or a #");
      }
    }
    if (Files.isDirectory(file)) {
      archives.add(ZippedDirectory.of(file).toUri() + "#" + name);
    } else {
      parts.forEach(part -> files.add(part.toUri().toString()));
    }
    arguments = ReplacedArgument.value(arguments, argument, value, "./" + name);
  }

  /** URIs for {@code --files}. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** URIs for {@code --archives}. */
  public List<String> archives() {
    return List.copyOf(archives);
  }

  /** The command's arguments for the driver. */
  public List<String> arguments() {
    return arguments;
  }
}
