package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.options.Sessions;
import org.inceptionspark.cli.options.WrittenTable;
import org.inceptionspark.job.CleanTable;
import org.inceptionspark.job.table.LabelsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code label --clean}: deletes what killed runs have left beside a table. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes what killed runs have left beside a labels table.",
      "Every run does this before it begins; replacements that they had decided are finished.",
      "Exit: 0 done, 1 wrong usage, 2 failed, or another run is writing to the table."
    })
public final class CleanCommand implements Callable<Integer> {
  /** {@code label --clean ...} means {@code clean ...}. */
  private static final String OPTION = "--clean";

  private static final Set<String> LABELLING = Set.of("label", "nightly");

  @Spec private CommandSpec command;

  @Mixin private WrittenTable table;

  public static String[] named(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.isEmpty() || !LABELLING.contains(words.get(0)) || !words.remove(OPTION)) {
      return arguments;
    }
    words.set(0, "clean");
    return words.toArray(String[]::new);
  }

  @Override
  public Integer call() throws IOException {
    SparkSession spark = Sessions.start(command.commandLine());
    LabelsTable.Cleaned result = CleanTable.clean(spark, table.uri());
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Deleted %d pending uploads and %d temporary files; finished %d replacements of"
                + " files.%n",
            result.uploads(),
            result.entries(),
            result.replacements());
    return 0;
  }
}
