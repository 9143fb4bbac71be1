package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.search.index.UpdateIndex;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code index}: creates or updates an index of a labels table. */
@Command(
    name = "index",
    description = {
      "Creates an index of a labels table for fast searches, or adds new nights to an existing"
          + " one.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @Option(
      names = "--index",
      required = true,
      paramLabel = "URI",
      description = "Directory of the index.")
  @Names(Names.Kind.DATA)
  private String index;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "The model whose rows to index, if the table has several.")
  private Optional<String> model;

  @Option(
      names = "--cells",
      paramLabel = "N",
      description = "Cells of a new index. By default half the square root of the number of rows.")
  private Optional<Integer> cells;

  @Option(names = "--json", description = "Prints one JSON object instead of a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (cells.isPresent() && cells.get() < 1) {
      String message = "--cells must be at least 1, found " + cells.get();
      throw new ParameterException(command.commandLine(), message);
    }
    Dataset<Row> labels = table.read();
    long start = System.nanoTime();
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "indexing")) {
      String fingerprint = model.orElseGet(() -> TableModels.of(labels).only());
      UpdateIndex update = UpdateIndex.of(labels, fingerprint, index);
      cells.ifPresent(update::cells);
      UpdateIndex.Result result = update.execute();
      progress.close();
      print(result, fingerprint, (System.nanoTime() - start) / 1e9);
    }
    return 0;
  }

  private void print(UpdateIndex.Result result, String fingerprint, double seconds) {
    if (json) {
      Json json = Json.object().with("index", index).with("model", fingerprint);
      json.with("rows", result.rows()).with("added", result.added());
      json.with("removed", result.removed()).with("cells", result.cells());
      command.commandLine().getOut().println(json.with("seconds", seconds).text());
    } else {
      command
          .commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%,d rows in %,d cells, %,d joined, %,d left, in %.1f s (model %s)%n",
              result.rows(),
              result.cells(),
              result.added(),
              result.removed(),
              seconds,
              fingerprint);
    }
  }
}
