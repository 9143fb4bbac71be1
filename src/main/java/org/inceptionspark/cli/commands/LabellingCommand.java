package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.options.CommitOptions;
import org.inceptionspark.cli.options.EffectiveOptions;
import org.inceptionspark.cli.options.ModelOptionsMixin;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.SelectionOptions;
import org.inceptionspark.cli.options.Sessions;
import org.inceptionspark.cli.options.SourceOptions;
import org.inceptionspark.cli.options.WrittenTable;
import org.inceptionspark.cli.output.ErrorRateLimit;
import org.inceptionspark.cli.output.EstimateReport;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.ProgressLine;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.Summary;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.labeler.Explainer;
import org.inceptionspark.report.NightReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The labelling of objects in storage, which {@code label} and {@code nightly} share. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public abstract class LabellingCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(LabellingCommand.class);

  @Spec private CommandSpec command;

  @Mixin private SourceOptions source;

  @Mixin private WrittenTable table;

  @Mixin private ModelOptionsMixin model;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--dry-run",
      description = "Only says what would be done: objects, bytes, core-hours. Writes nothing.")
  private boolean dryRun;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description = "The table's partition. By default today, UTC.")
  private Optional<LocalDate> runDate;

  @Mixin private CommitOptions commits;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "N",
      description = "Images that pass through the network together.")
  private int batch;

  @Option(
      names = "--max-error-rate",
      paramLabel = "SHARE",
      description =
          "Exit code 3 if a larger share of tonight's images has no labels, from 0 to 1; images"
              + " that failed before do not count. By default only if none has labels.")
  private Optional<Double> maxErrorRate;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page about the night at the end, to a path or URI.")
  @Names(Names.Kind.PAGE)
  private Optional<String> report;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with these options' names, without dashes, as keys.")
  @Names(Names.Kind.SETTINGS)
  private Path config;

  abstract IfExists ifExists();

  /** Whether another night follows this one. */
  Optional<Watch> watch(Configuration hadoop) {
    return Optional.empty();
  }

  /** Called when the rows are in the table; returns an exit code. */
  int afterwards(String table, LocalDate night, RunRecord result) throws IOException {
    return 0;
  }

  @Override
  public final Integer call() throws IOException {
    source.require();
    requireRange("--top", model.top());
    requireRange("--batch", batch);
    requireRange("--max-pixels", model.maxPixels());
    if (maxErrorRate.isPresent() && !(maxErrorRate.get() >= 0 && maxErrorRate.get() <= 1)) {
      throw wrong("--max-error-rate must be from 0 to 1, found " + maxErrorRate.get());
    }
    Map<String, String> options = EffectiveOptions.of(command);
    String file = config == null ? "" : ", " + config;
    LOG.info("options {} from the command line{} and defaults", options, file);
    SparkSession spark = Sessions.start(command.commandLine());
    report.ifPresent(page -> OutputFile.require(page, spark.sessionState().newHadoopConf()));
    if (dryRun) {
      LabelImages job = job(spark, options, night());
      command.commandLine().getOut().print(EstimateReport.of(job.estimate()));
      return 0;
    }
    Optional<Watch> watch = watch(spark.sessionState().newHadoopConf());
    return watch.isPresent()
        ? watch.get().run(() -> run(spark, options, night()))
        : run(spark, options, night());
  }

  private LocalDate night() {
    return runDate.orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
  }

  private int run(SparkSession spark, Map<String, String> options, LocalDate night)
      throws IOException {
    LabelImages job = job(spark, options, night);
    PrintWriter err = command.commandLine().getErr();
    try (ProgressLine progress = ProgressLine.to(err)) {
      RunRecord result =
          job.progress(progress::update).notices(words -> say(progress, words)).execute();
      progress.close();
      err.print(Summary.of(result, table.uri()));
      int code = Math.max(exitCode(result), afterwards(table.uri(), night, result));
      report.ifPresent(file -> report(file, night));
      return code;
    }
  }

  private void say(ProgressLine progress, String words) {
    progress.say(FailureLine.of(command.commandLine(), words));
    LOG.warn(words);
  }

  /** A failure of the page does not affect the labels. */
  private void report(String file, LocalDate date) {
    SparkSession spark = Sessions.start(command.commandLine());
    PrintWriter err = command.commandLine().getErr();
    try {
      Configuration hadoop = spark.sessionState().newHadoopConf();
      NightReport night = NightReport.of(spark, table.uri()).night(date.toString());
      night.model(model.request(List.of(Explainer.END_POINT)).load(hadoop));
      byte[] page = night.page(night.figures()).html().getBytes(StandardCharsets.UTF_8);
      OutputFile.write(file, page, hadoop);
      err.println("report in " + Secrets.masked(file));
    } catch (IOException | RuntimeException e) {
      LOG.warn("no report", e);
      String why = "no report, the labels stand: " + StorageFailure.describe(e);
      err.println(FailureLine.of(command.commandLine(), why));
    }
  }

  private LabelImages job(SparkSession spark, Map<String, String> options, LocalDate night)
      throws IOException {
    LabelImages job =
        LabelImages.using(spark)
            .selection(selection.selection())
            .model(model.request().load(spark.sessionState().newHadoopConf()))
            .images(source.source(spark, written(spark)))
            .output(table.uri())
            .runDate(night)
            .ifExists(ifExists())
            .batch(batch)
            .options(options);
    commits.applyTo(job);
    return job;
  }

  private List<String> written(SparkSession spark) throws IOException {
    List<String> written = new ArrayList<>(List.of(LabelsTables.of(spark, table.uri()).besides()));
    report.ifPresent(written::add);
    return written;
  }

  private int exitCode(RunRecord result) {
    Optional<String> alarm = ErrorRateLimit.of(result, maxErrorRate);
    alarm.ifPresent(
        line ->
            command.commandLine().getErr().println(FailureLine.of(command.commandLine(), line)));
    return alarm.isPresent() ? ExitCode.TOO_MANY_ERRORS : 0;
  }

  private void requireRange(String option, long value) {
    if (value < 1) {
      throw wrong(option + " must be at least 1, found " + value);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
