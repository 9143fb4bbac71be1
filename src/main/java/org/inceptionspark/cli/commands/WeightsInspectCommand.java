package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.WeightsInput;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.cli.output.WeightsReport;
import org.inceptionspark.weights.WeightsInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weights inspect}: format, model, tensors. */
@Command(
    name = "inspect",
    description = "Prints the format, the model and every tensor with its shape and range.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    showDefaultValues = true)
final class WeightsInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WeightsInput input;

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    WeightsInspection inspection = input.with(path -> WeightsInspection.of(path, input.options()));
    WeightsReport report = WeightsReport.of(input.toString(), inspection);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? report.json() : report.text());
    out.flush();
    return 0;
  }
}
