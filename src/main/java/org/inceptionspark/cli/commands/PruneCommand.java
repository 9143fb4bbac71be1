package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.Sessions;
import org.inceptionspark.cli.options.WrittenTable;
import org.inceptionspark.job.PruneTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prune}: removes the rows of images that no longer exist. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Removes the rows of images that are no longer in the input, of all their versions and"
          + " nights.",
      "Considers only images below the input. Images in a packed file stay as long as the file"
          + " exists.",
      "Exit: 0 done, 1 wrong usage, or more is gone than --max-share allows; 2 failed, or another"
          + " run is writing to the table."
    })
public final class PruneCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private WrittenTable table;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description = "Directories or objects that the images were labelled from.")
  @Names(Names.Kind.DATA)
  private List<String> input;

  @Option(
      names = "--max-share",
      defaultValue = "" + PruneTable.DEFAULT_MAX_SHARE,
      paramLabel = "SHARE",
      description =
          "Removes nothing if a larger share of the images is gone, from 0 to 1: the input may"
              + " be wrong or incomplete.")
  private double maxShare;

  @Option(names = "--dry-run", description = "Only says what would be removed. Writes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    PruneTable pruning =
        PruneTable.using(Sessions.start(command.commandLine()))
            .table(table.uri())
            .inputs(input)
            .maxShare(maxShare);
    PruneTable.Pruned result = dryRun ? pruning.estimate() : pruning.execute();
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        Locale.ROOT, "Gone: %,d of %,d images below the input.%n", result.gone(), result.images());
    result.examples().forEach(image -> out.println("  " + image));
    if (!dryRun) {
      out.printf(Locale.ROOT, "Removed rows: %,d.%n", result.rows());
    }
    return 0;
  }
}
