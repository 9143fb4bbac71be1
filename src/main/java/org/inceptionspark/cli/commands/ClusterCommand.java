package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.learn.Cluster;
import org.inceptionspark.learn.ClusterPage;
import org.inceptionspark.learn.ModelRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: images that look alike, as groups, a map and contact sheets. */
@Command(
    name = "cluster",
    description = {
      "Groups the images of a labels table by k-means over their embeddings. --html writes a map"
          + " and a contact sheet of each cluster, --output a table of all images.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class ClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @Option(names = "--k", required = true, paramLabel = "N", description = "Clusters to make.")
  private int k;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, such as \"run_date = '2026-01-31'\".")
  private Optional<String> where;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "The model whose embeddings to use, if the table has several.")
  private Optional<String> model;

  @Option(
      names = "--sample",
      defaultValue = "10000",
      paramLabel = "N",
      description =
          "Number of images to find the centres with; all images are then assigned to" + " them.")
  private int sample;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Chooses the start; another number may find other clusters.")
  private long seed;

  @Option(
      names = "--images",
      defaultValue = "12",
      paramLabel = "N",
      description = "Images to show for each cluster, those nearest to its centre.")
  private int images;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Page with a map and a contact sheet of each cluster.")
  @Names(Names.Kind.PAGE)
  private Optional<String> html;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "Parquet table of path, label, cluster, distance, x and y.")
  @Names(Names.Kind.DATA)
  private Optional<String> output;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelRows rows = ModelRows.of(table.read(where), model, where);
    SparkSession spark = rows.rows().sparkSession();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    output.ifPresent(uri -> OutputFile.requireNew(uri, hadoop));
    html.ifPresent(file -> OutputFile.require(file, hadoop));
    Cluster clustering = Cluster.into(k).sample(sample).seed(seed).shown(images).where(where);
    Cluster.Result result;
    try (TaskProgress progress =
        TaskProgress.show(spark, command.commandLine().getErr(), "clustering")) {
      result = clustering.execute(rows.rows());
      output.ifPresent(uri -> write(result.assigned(), uri));
    }
    if (html.isPresent()) {
      String page = new ClusterPage(hadoop).html(Secrets.masked(table.uri()), result);
      OutputFile.write(html.get(), page.getBytes(StandardCharsets.UTF_8), hadoop);
    }
    result.assigned().unpersist();
    print(rows.model(), result);
    return 0;
  }

  private static void write(Dataset<Row> assigned, String uri) {
    try {
      assigned.write().parquet(uri);
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException("output " + uri + ": " + StorageFailure.describe(e), e);
    }
  }

  private void print(String clustered, Cluster.Result result) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .with("model", clustered)
              .with("images", result.images())
              .with("variance_shares", result.shares())
              .with("clusters", result.clusters().stream().map(ClusterCommand::fields).toList())
              .text());
      return;
    }
    for (Cluster.Group group : result.clusters()) {
      out.printf(Locale.ROOT, "%3d  %,8d  %s%n", group.number(), group.size(), description(group));
    }
    out.printf(
        Locale.ROOT, "%n%,d images in %d clusters%n", result.images(), result.clusters().size());
    html.ifPresent(file -> out.println("page   " + Secrets.masked(file)));
    output.ifPresent(uri -> out.println("table  " + Secrets.masked(uri)));
    out.println("model  " + clustered);
  }

  private static String description(Cluster.Group group) {
    String labels =
        group.labels().stream()
            .map(label -> label.label() + " " + label.images())
            .collect(Collectors.joining(", "));
    String nearest =
        group.nearest().stream()
            .limit(3)
            .map(member -> member.path().substring(member.path().lastIndexOf('/') + 1))
            .collect(Collectors.joining(", "));
    String apart = group.apart().isEmpty() ? "" : ", more like " + String.join(", ", group.apart());
    return labels.isEmpty() ? nearest : labels + apart + "; such as " + nearest;
  }

  private static Map<String, Object> fields(Cluster.Group group) {
    List<Map<String, Object>> labels =
        group.labels().stream()
            .map(
                label ->
                    Json.object()
                        .with("label", label.label())
                        .with("images", label.images())
                        .fields())
            .toList();
    List<Map<String, Object>> nearest =
        group.nearest().stream()
            .map(
                member ->
                    Json.object()
                        .with("path", member.path())
                        .with("distance", member.distance())
                        .fields())
            .toList();
    return Json.object()
        .with("cluster", group.number())
        .with("images", group.size())
        .with("labels", labels)
        .with("more_like", group.apart())
        .with("nearest", nearest)
        .fields();
  }
}
