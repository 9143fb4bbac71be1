package org.inceptionspark.cli.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.TableArgument;
import org.inceptionspark.cli.output.LabelsReport;
import org.inceptionspark.cli.output.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what is in a labels table, for a first look. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the first rows of a labels table and a summary.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    })
public final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TableArgument table;

  @Option(
      names = "--rows",
      defaultValue = "20",
      description = "Rows to print, by path (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--labels",
      defaultValue = "3",
      description = "Labels to print for each image (default: ${DEFAULT-VALUE}).")
  private int labels;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new LabelsReport(Tables.read(table.uri()), rows, labels).lines().forEach(out::println);
    return 0;
  }
}
