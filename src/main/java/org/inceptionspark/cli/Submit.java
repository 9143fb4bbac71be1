package org.inceptionspark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.cli.commands.CleanCommand;
import org.inceptionspark.cli.options.ConfigFile;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.cli.yarn.ShippedFiles;
import org.inceptionspark.cli.yarn.Submission;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Submits a command to YARN in cluster mode, waits for it, and ends as it did: with its exit code
 * and output. Whatever can be checked here is checked before anything is submitted.
 *
 * <p>Arguments: those for spark-submit, {@code --}, the jar, the command and its arguments.
 */
public final class Submit {
  private static final String LOGGING = "log4j2.configurationFile";

  private Submit() {}

  public static void main(String[] args) {
    if (System.getProperty(LOGGING) == null && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
      System.setProperty(LOGGING, "org/inceptionspark/cli/submit-log4j2.properties");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int end = Arrays.asList(args).indexOf("--");
    List<String> words = List.of(args);
    System.exit(
        run(
            words.subList(0, end),
            words.get(end + 1),
            words.subList(end + 2, args.length),
            out,
            err));
  }

  static int run(
      List<String> spark, String jar, List<String> job, PrintWriter out, PrintWriter err) {
    CommandLine commandLine = Main.commandLine(out, err);
    String[] args = CleanCommand.named(job.toArray(String[]::new));
    try {
      Submission submission = Submission.of(spark);
      Optional<Path> config = ConfigFile.in(args).map(submission::local);
      CommandLine first = commandLine.getSubcommands().get(args[0]);
      if (first != null && config.isPresent()) {
        ConfigFile.apply(config.get(), first);
      }
      CommandLine command = last(commandLine.parseArgs(args));
      ShippedFiles files = submission.files(command, List.of(args));
      return submission.run(command, jar, files);
    } catch (ParameterException e) {
      return Main.wrongUsage(e, args);
    } catch (ConfigurationException | IllegalArgumentException e) {
      err.println(FailureLine.of(commandLine, e.getMessage()));
      return ExitCode.WRONG_USAGE;
    } catch (IOException e) {
      err.println(FailureLine.of(commandLine, StorageFailure.describe(e)));
      return ExitCode.FAILED;
    }
  }

  private static CommandLine last(ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed.commandSpec().commandLine();
  }
}
