package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.search.duplicates.DuplicateGroup;
import org.inceptionspark.search.duplicates.DuplicatesPage;
import org.inceptionspark.search.duplicates.KeepList;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code duplicates}: groups of images in a labels table that are alike. */
@Command(
    name = "duplicates",
    description = {
      "Finds groups of similar images in a labels table: those connected by pairs whose"
          + " embeddings have a cosine similarity of at least the threshold. Every pair"
          + " is compared.",
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
      description = "The model whose rows to compare, if the table has several.")
  private Optional<String> model;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page with the groups, to a path or URI.")
  @Names(Names.Kind.PAGE)
  private Optional<String> html;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description =
          "Writes a Parquet table with a row for each image of a group: keep is true for the"
              + " one with the longest side; among equals the largest file, then the oldest.")
  @Names(Names.Kind.DATA)
  private Optional<String> output;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new ParameterException(
          command.commandLine(), "--threshold must be above 0 and at most 1, found " + threshold);
    }
    Dataset<Row> labels = table.read(where);
    Configuration hadoop = labels.sparkSession().sessionState().newHadoopConf();
    output.ifPresent(uri -> OutputFile.requireNew(uri, hadoop));
    html.ifPresent(file -> OutputFile.require(file, hadoop));
    long start = System.nanoTime();
    List<DuplicateGroup> groups;
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "comparing")) {
      String fingerprint =
          model.orElseGet(() -> TableModels.of(where.map(labels::where).orElse(labels)).only());
      NearDuplicates search = NearDuplicates.in(labels, fingerprint);
      groups = where.map(search::where).orElse(search).groups(threshold);
      write(KeepList.of(labels, fingerprint, groups), groups.size(), hadoop);
    }
    print(groups, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private void write(Dataset<Row> keep, int groups, Configuration hadoop) throws IOException {
    if (output.isPresent()) {
      keep.coalesce(1).write().parquet(output.get());
    }
    if (html.isPresent()) {
      String page =
          new DuplicatesPage(hadoop).html(Secrets.masked(table.uri()), threshold, keep, groups);
      OutputFile.write(html.get(), page.getBytes(StandardCharsets.UTF_8), hadoop);
    }
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
    html.ifPresent(file -> out.println("page   " + Secrets.masked(file)));
    output.ifPresent(uri -> out.println("table  " + Secrets.masked(uri)));
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
