package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.runs.RunDrift;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.learn.Drift;
import org.inceptionspark.learn.FrechetDistance;
import picocli.CommandLine;

/**
 * Compares a night with the one before when its run is done, and adds the result to the run's
 * record.
 */
final class NightlyDrift {
  private final CommandLine command;
  private final String table;
  private final double alarm;

  NightlyDrift(CommandLine command, String table, double alarm) {
    this.command = command;
    this.table = table;
    this.alarm = alarm;
  }

  /** Returns an exit code. The first night, and one without new images, have nothing to compare. */
  int check(LocalDate night, RunRecord result) throws IOException {
    Dataset<Row> rows = Tables.read(table);
    Drift.Result found;
    try {
      found = Drift.in(rows).model(Optional.of(result.model())).night(night).execute();
    } catch (ConfigurationException e) {
      command.getErr().println("no drift: " + e.getMessage());
      return 0;
    }
    RunDrift drift = drift(found);
    LabelsTables.of(rows.sparkSession(), table).records().note(result.runId(), drift);
    String line =
        String.format(Locale.ROOT, "drift %.4f from %s", drift.frechetDistance(), drift.against());
    if (!drift.alarming()) {
      command.getErr().println(line);
      return 0;
    }
    command
        .getErr()
        .println(FailureLine.of(command, line + ", more than --drift-alarm " + alarm + " allows"));
    return ExitCode.TOO_MANY_ERRORS;
  }

  private RunDrift drift(Drift.Result found) {
    FrechetDistance distance = found.distance();
    return new RunDrift(
        distance.distance(),
        distance.within().isPresent() ? (Double) distance.within().getAsDouble() : null,
        found.reference(),
        distance.images(),
        distance.referenceImages(),
        alarm);
  }
}
