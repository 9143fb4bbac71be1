package org.inceptionspark.cli.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.inceptionspark.cli.options.TableArgument;
import org.inceptionspark.cli.output.CommandSession;
import org.inceptionspark.cli.output.RunsTable;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code runs}: the nights of a table. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the runs that wrote a labels table, the newest last.",
      "Exit: 0 done, 1 wrong usage or no runs, 2 failed."
    })
public final class RunsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableArgument table;

  @Option(
      names = "--last",
      defaultValue = "20",
      paramLabel = "N",
      description = "Number of runs to list, the newest ones (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(names = "--json", description = "Prints the records themselves, as a JSON array.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (last < 1) {
      throw new ParameterException(
          command.commandLine(), "--last must be at least 1, found " + last);
    }
    List<RunRecord> runs = newest();
    if (runs.isEmpty()) {
      throw new ConfigurationException(table.uri() + " has no records of runs in _runs");
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(runs));
    } else {
      RunsTable.lines(runs).forEach(out::println);
    }
    return 0;
  }

  /** Those of a directory are read without a Spark session, which takes seconds to start. */
  private RunRecords records() throws IOException {
    return LabelsTables.isInCatalog(table.uri())
        ? LabelsTables.of(CommandSession.open("inception-spark"), table.uri()).records()
        : RunRecords.of(table.uri(), SparkHadoopUtil.get().newConfiguration(new SparkConf()));
  }

  /** Oldest first. */
  private List<RunRecord> newest() throws IOException {
    Iterator<RunRecord> all = records().newestFirst();
    List<RunRecord> runs = new ArrayList<>();
    while (runs.size() < last && all.hasNext()) {
      runs.add(0, all.next());
    }
    return runs;
  }
}
