package org.inceptionspark.cli.commands;

import org.inceptionspark.cli.output.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weights}: inspects, verifies, converts and compares weight files. */
@Command(
    name = "weights",
    description = "Inspects, verifies, converts and compares weight files of every known format.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      WeightsInspectCommand.class,
      WeightsVerifyCommand.class,
      WeightsConvertCommand.class,
      WeightsDiffCommand.class
    })
public final class WeightsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "one of inspect, verify, convert, diff is needed");
  }
}
