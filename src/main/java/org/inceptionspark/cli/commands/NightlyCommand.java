package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.cli.options.WatchOptions;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nightly}: labels what is new in storage and adds it to a labels table. */
@Command(
    name = "nightly",
    description =
        "Labels the images that a table does not hold yet for this model, and adds their rows.",
    footer = {
      "",
      "It labels new objects, changed ones, and those that could not be read, but not images"
          + " with other errors. For bytes that are already labelled under another name,"
          + " the row is copied."
    })
public final class NightlyCommand extends LabellingCommand {
  @Spec private CommandSpec command;

  @Option(
      names = "--drift-alarm",
      paramLabel = "DISTANCE",
      description =
          "Compares the night's embeddings with those of the night before and writes their"
              + " Fréchet distance into the run's record; exit code 3 if it is greater than"
              + " this.")
  private Optional<Double> driftAlarm;

  @Mixin private WatchOptions watch;

  @Override
  Optional<Watch> watch(Configuration hadoop) {
    if (watch.every().isEmpty() && watch.stopFile().isPresent()) {
      throw new ParameterException(command.commandLine(), "--stop-file is for --watch");
    }
    return watch
        .every()
        .map(every -> new Watch(command.commandLine(), every, watch.stopFile(), hadoop));
  }

  @Override
  IfExists ifExists() {
    return IfExists.APPEND;
  }

  @Override
  int afterwards(String table, LocalDate night, RunRecord result) throws IOException {
    return driftAlarm.isPresent()
        ? new NightlyDrift(command.commandLine(), table, driftAlarm.get()).check(night, result)
        : 0;
  }
}
