package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.WeightsInput;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.labeler.OnnxModel;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.SafetensorsWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weights convert}: writes a model as a single file. */
@Command(
    name = "convert",
    description =
        "Writes the model under TF-Slim's names to one file; ONNX with batch norm folded.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    showDefaultValues = true)
final class WeightsConvertCommand implements Callable<Integer> {
  /** What can be written. */
  enum Target {
    SAFETENSORS,
    ONNX
  }

  @Spec private CommandSpec command;
  @Mixin private WeightsInput input;

  @Option(
      names = "--to",
      paramLabel = "safetensors|onnx",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Format of the output. Otherwise ONNX if its name ends in .onnx, else safetensors.")
  private Target target;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "A local file that does not exist yet.")
  @Names(Names.Kind.PAGE)
  private Path output;

  @Override
  public Integer call() throws IOException {
    requireNewFile();
    ModelWeights weights = input.load();
    switch (target()) {
      case SAFETENSORS -> SafetensorsWriter.write(weights, output);
      case ONNX -> Files.write(output, OnnxModel.of(weights), StandardOpenOption.CREATE_NEW);
    }
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %d variables, fingerprint %s%n",
            output,
            weights.variables().size(),
            weights.fingerprint());
    command.commandLine().getOut().flush();
    return 0;
  }

  private Target target() {
    if (target != null) {
      return target;
    }
    boolean onnx = output.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    return onnx ? Target.ONNX : Target.SAFETENSORS;
  }

  private void requireNewFile() {
    if (Files.exists(output)) {
      throw new ParameterException(
          command.commandLine(), "--output " + output + " exists; name another or remove it");
    }
    Path directory = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(
          command.commandLine(), "--output " + output + ": " + directory + " is no directory");
    }
  }
}
