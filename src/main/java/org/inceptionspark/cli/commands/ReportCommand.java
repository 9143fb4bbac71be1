package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.options.ModelVariantMixin;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.CommandSession;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.labeler.Explainer;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.report.NightFigures;
import org.inceptionspark.report.NightReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code report}: a night of a labels table as one HTML page. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Writes a page about a night: counts, samples of each label, failures, compared with the"
          + " night before.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    })
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @Option(
      names = "--night",
      paramLabel = "YYYY-MM-DD",
      description = "The night. By default the table's latest.")
  private Optional<LocalDate> night;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page, a path or URI. Not needed with --json.")
  @Names(Names.Kind.PAGE)
  private Optional<String> output;

  @Option(
      names = "--samples",
      defaultValue = "4",
      paramLabel = "N",
      description = "Number of pictures for each label; 0 reads no image.")
  private int samples;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The model that labelled, to show what speaks for the least certain labels. The"
              + " options below"
              + " must be those that the night was labelled with.")
  @Names(Names.Kind.FILE)
  private Optional<String> weights;

  @Mixin private ModelVariantMixin variant;

  @Option(names = "--json", description = "Prints the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (output.isEmpty() && !json) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '--output=FILE' (or --json)");
    }
    SparkSession spark = CommandSession.open("inception-spark report");
    Configuration hadoop = spark.sessionState().newHadoopConf();
    output.ifPresent(file -> OutputFile.require(file, hadoop));
    NightReport report = NightReport.of(spark, table.uri()).samples(samples);
    night.ifPresent(date -> report.night(date.toString()));
    weights.ifPresent(file -> report.model(model(file, hadoop)));
    PrintWriter out = command.commandLine().getOut();
    NightFigures figures;
    try (TaskProgress progress =
        TaskProgress.show(spark, command.commandLine().getErr(), "reporting")) {
      figures = report.figures();
      if (output.isPresent()) {
        byte[] page = report.page(figures).html().getBytes(StandardCharsets.UTF_8);
        OutputFile.write(output.get(), page, hadoop);
      }
    }
    out.print(json ? figures.json() : "written to " + Secrets.masked(output.get()) + "\n");
    out.flush();
    return 0;
  }

  private LabelerSpec model(String file, Configuration hadoop) {
    ResultOptions results = ResultOptions.of(Optional.empty(), 1, Explainer.END_POINT);
    return new ModelRequest(file, variant.variant(), results).load(hadoop);
  }
}
