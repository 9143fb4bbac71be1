package org.inceptionspark.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.job.table.TableComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether two labels tables hold the same rows, to the bit. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two labels tables, floats to the bit.",
      "Exit: 0 the same, 1 wrong usage, 2 different or failed."
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "2", paramLabel = "TABLE", description = "The URIs of the two tables.")
  @Names(Names.Kind.DATA)
  private List<String> tables;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "COLUMN",
      defaultValue = "run_date",
      description = "Columns that may differ (default: ${DEFAULT-VALUE}).")
  private Set<String> ignored;

  @Override
  public Integer call() {
    TableComparison.Result result =
        TableComparison.compare(Tables.read(tables.get(0)), Tables.read(tables.get(1)), ignored);
    PrintWriter out = spec.commandLine().getOut();
    if (result.different() == 0) {
      out.printf(
          Locale.ROOT,
          "The same: %d rows, every compared value equal to the bit.%n",
          result.rows());
      return 0;
    }
    out.printf(Locale.ROOT, "Different: %d of %d rows.%n", result.different(), result.rows());
    result.examples().forEach(example -> out.println("  " + example));
    return 2;
  }
}
