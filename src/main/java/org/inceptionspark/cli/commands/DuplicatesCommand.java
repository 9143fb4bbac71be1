package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.search.duplicates.DuplicateGroup;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code duplicates}: groups of images of a labels table that are alike. */
@Command(
    name = "duplicates",
    description = {
      "Finds groups of images of a labels table that are alike: whose embeddings' cosine similarity"
          + " is at least the threshold, directly or over others. Every pair is compared.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class DuplicatesCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @Option(
      names = "--threshold",
      defaultValue = "0.98",
      paramLabel = "SIMILARITY",
      description = "From 0 to 1; 1 finds images with the same embedding.")
  private double threshold;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, such as \"run_date >= '2026-01-01'\".")
  private Optional<String> where;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "Whose rows to compare, if the table has several models.")
  private Optional<String> model;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new ParameterException(
          command.commandLine(), "--threshold must be above 0 and at most 1, found " + threshold);
    }
    Dataset<Row> labels = table.read(where);
    long start = System.nanoTime();
    List<DuplicateGroup> groups;
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "comparing")) {
      String fingerprint =
          model.orElseGet(() -> TableModels.of(where.map(labels::where).orElse(labels)).only());
      NearDuplicates search = NearDuplicates.in(labels, fingerprint);
      groups = where.map(search::where).orElse(search).groups(threshold);
    }
    print(groups, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private void print(List<DuplicateGroup> groups, double seconds) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .with("threshold", threshold)
              .with("seconds", seconds)
              .with("groups", groups.stream().map(DuplicatesCommand::fields).toList())
              .text());
      return;
    }
    for (DuplicateGroup group : groups) {
      out.println(heading(group));
      group.images().forEach(image -> out.println("  " + image.path()));
    }
    int images = groups.stream().mapToInt(group -> group.images().size()).sum();
    out.printf(
        Locale.ROOT,
        "%,d images in %,d groups of similarity %s and more, in %.1f s%n",
        images,
        groups.size(),
        threshold,
        seconds);
  }

  private static String heading(DuplicateGroup group) {
    int images = group.images().size();
    String files =
        group.distinct() == 1
            ? "identical"
            : group.distinct() == images
                ? "all different files"
                : group.distinct() + " different files";
    return String.format(
        Locale.ROOT, "%d images, %s, similarity %.4f", images, files, group.leastSimilarity());
  }

  private static Map<String, Object> fields(DuplicateGroup group) {
    return Json.object()
        .with("least_similarity", group.leastSimilarity())
        .with("distinct", group.distinct())
        .with("images", group.images().stream().map(DuplicatesCommand::fields).toList())
        .fields();
  }

  private static Map<String, Object> fields(DuplicateGroup.Image image) {
    return Json.object().with("path", image.path()).with("sha256", image.sha256()).fields();
  }
}
