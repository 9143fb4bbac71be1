package org.inceptionspark.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.commands.CleanCommand;
import org.inceptionspark.cli.commands.ClusterCommand;
import org.inceptionspark.cli.commands.CompactCommand;
import org.inceptionspark.cli.commands.CompareCommand;
import org.inceptionspark.cli.commands.DriftCommand;
import org.inceptionspark.cli.commands.DuplicatesCommand;
import org.inceptionspark.cli.commands.EvaluateCommand;
import org.inceptionspark.cli.commands.ExplainCommand;
import org.inceptionspark.cli.commands.IndexCommand;
import org.inceptionspark.cli.commands.LabelCommand;
import org.inceptionspark.cli.commands.NightlyCommand;
import org.inceptionspark.cli.commands.PruneCommand;
import org.inceptionspark.cli.commands.ReportCommand;
import org.inceptionspark.cli.commands.RunsCommand;
import org.inceptionspark.cli.commands.SearchCommand;
import org.inceptionspark.cli.commands.ShowCommand;
import org.inceptionspark.cli.commands.SqlCommand;
import org.inceptionspark.cli.commands.StoreCheckCommand;
import org.inceptionspark.cli.commands.TrainHeadCommand;
import org.inceptionspark.cli.commands.WeightsCommand;
import org.inceptionspark.cli.options.ConfigFile;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.cli.output.UnknownOption;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.cli.yarn.Driver;
import org.inceptionspark.job.storage.AsciiDigits;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The entry point for {@code spark-submit}. Exit codes: 0 done, 1 wrong usage or configuration, 2
 * failed, 3 done but with more bad images than allowed. Success returns from {@code main}: an exit
 * call can look like a failure on YARN.
 */
@Command(
    name = "inception-spark",
    description =
        "Labels images where they are stored, with TF-Slim's Inception V3 on Apache" + " Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      LabelCommand.class,
      NightlyCommand.class,
      CleanCommand.class,
      CompactCommand.class,
      PruneCommand.class,
      WeightsCommand.class,
      ShowCommand.class,
      SqlCommand.class,
      CompareCommand.class,
      TrainHeadCommand.class,
      EvaluateCommand.class,
      SearchCommand.class,
      IndexCommand.class,
      DuplicatesCommand.class,
      ExplainCommand.class,
      ClusterCommand.class,
      DriftCommand.class,
      ReportCommand.class,
      RunsCommand.class,
      StoreCheckCommand.class,
      HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Driver driver = new Driver();
    Optional<String> problem = SparkCompatibility.found().flatMap(SparkCompatibility::problem);
    if (problem.isPresent()) {
      driver.err().println("inception-spark: " + problem.get());
      driver.end(ExitCode.WRONG_USAGE);
      return;
    }
    int code = ExitCode.FAILED;
    try {
      code = run(args, driver.out(), driver.err());
    } finally {
      driver.flush();
      stop(code);
    }
    driver.end(code);
  }

  /**
   * Exits with the code, so that YARN learns of a failure even when it did not start the driver.
   */
  private static void stop(int code) {
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.sparkContext().stop(code);
              return null;
            });
  }

  /** Runs a command in this JVM; a Spark session that it starts stays open. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    AsciiDigits.use();
    String[] args = CleanCommand.named(arguments);
    CommandLine commandLine = commandLine(out, err);
    if (args.length == 0) {
      return usage(commandLine);
    }
    try {
      readConfig(commandLine, args);
    } catch (ParameterException e) {
      return wrongUsage(e, args);
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) { // memory, a class that is missing: the parser lets it through
      return FailureLine.of(e, commandLine.getSubcommands().getOrDefault(args[0], commandLine));
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("needed is a date such as 2026-01-31, found " + text);
    }
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(LocalDate.class, Main::date);
    commandLine.setParameterExceptionHandler(Main::wrongUsage);
    commandLine.setExecutionExceptionHandler(new FailureLine());
    return commandLine;
  }

  private static void readConfig(CommandLine commandLine, String[] args) {
    CommandLine command = commandLine.getSubcommands().get(args[0]);
    if (command != null) {
      ConfigFile.in(args).ifPresent(file -> ConfigFile.apply(file, command));
    }
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return ExitCode.WRONG_USAGE;
  }

  static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String wrong = UnknownOption.among(args, command).orElse(e.getMessage());
    String hint = "; see " + command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().println(FailureLine.of(command, wrong + hint));
    return ExitCode.WRONG_USAGE;
  }
}
