package org.inceptionspark.cli.commands;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.LearnJson;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.learn.Drift;
import org.inceptionspark.learn.FrechetDistance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drift}: the Fréchet distance of a night's images from another night's. */
@Command(
    name = "drift",
    description = {
      "Says how far a night's images are from another night's, or from another table's: the Fréchet"
          + " distance of their embeddings, which is the FID for the weights of 2015.",
      "Exit: 0 done, 1 wrong usage, 2 failed, 3 done and beyond --alarm."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class DriftCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @Option(
      names = "--night",
      paramLabel = "DATE",
      description = "The run_date to examine. By default the newest, or with --against-table all.")
  private Optional<LocalDate> night;

  @Option(
      names = "--against",
      paramLabel = "DATE",
      description = "The run_date to compare with. By default the one before --night.")
  private Optional<LocalDate> against;

  @Option(
      names = "--against-table",
      paramLabel = "URI",
      description = "Compares with another table: all of it, or its night --against.")
  @Names(Names.Kind.DATA)
  private Optional<String> againstTable;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, in both sets.")
  private Optional<String> where;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "The model whose embeddings to use, if there are several.")
  private Optional<String> model;

  @Option(
      names = "--alarm",
      paramLabel = "DISTANCE",
      description = "Exit code 3 if the distance is greater.")
  private Optional<Double> alarm;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    Dataset<Row> rows = table.read(where);
    Drift drift = Drift.in(rows).model(model).where(where);
    night.ifPresent(drift::night);
    against.ifPresent(drift::against);
    againstTable.ifPresent(uri -> drift.againstTable(Tables.checked(Tables.read(uri), where)));
    Drift.Result result;
    try (TaskProgress progress =
        TaskProgress.show(rows.sparkSession(), command.commandLine().getErr(), "comparing")) {
      result = drift.execute();
    }
    print(result);
    return alarm.isPresent() && result.distance().distance() > alarm.get() ? alarm(result) : 0;
  }

  private void print(Drift.Result result) {
    PrintWriter out = command.commandLine().getOut();
    FrechetDistance found = result.distance();
    if (json) {
      out.println(
          Json.object()
              .with("frechet_distance", found.distance())
              .with("halves_of_reference", LearnJson.orNull(found.within()))
              .with("night", result.set())
              .with("images", found.images())
              .with("against", result.reference())
              .with("against_images", found.referenceImages())
              .with("alarm", alarm.orElse(null))
              .with("model", result.model())
              .text());
      return;
    }
    out.printf(
        Locale.ROOT,
        "Fréchet distance %.4f of %s (%,d images) from %s (%,d images)%n",
        found.distance(),
        result.set(),
        found.images(),
        result.reference(),
        found.referenceImages());
    found
        .within()
        .ifPresent(
            within ->
                out.printf(
                    Locale.ROOT,
                    "By chance: two halves of %s are %.4f apart%n",
                    result.reference(),
                    within));
    out.printf(Locale.ROOT, "model  %s%n", result.model());
  }

  private int alarm(Drift.Result result) {
    command
        .commandLine()
        .getErr()
        .println(
            FailureLine.of(
                command.commandLine(),
                String.format(
                    Locale.ROOT,
                    "the distance of %s is %.4f, more than --alarm %s",
                    result.set(),
                    result.distance().distance(),
                    alarm.get())));
    return ExitCode.TOO_MANY_ERRORS;
  }
}
