package org.inceptionspark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.ConfigurationException;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.StorageFailure;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.page.Facts;
import org.inceptionspark.search.IndexedNeighbours;
import org.inceptionspark.search.NearestNeighbours;
import org.inceptionspark.search.Neighbour;
import org.inceptionspark.search.NeighboursPage;
import org.inceptionspark.search.Probes;
import org.inceptionspark.search.Queries;
import org.inceptionspark.search.Query;
import org.inceptionspark.search.TableModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code search}: the images of a labels table that are most like one. */
@Command(
    name = "search",
    description = {
      "Finds the images of a labels table that are most like a query, by the cosine similarity of"
          + " their embeddings.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--table", required = true, paramLabel = "URI", description = "Labels table.")
  private String table;

  @Option(
      names = "--query",
      required = true,
      paramLabel = "FILE|URI|PATH",
      description =
          "A path of the table, whose row is the query; or an image anywhere, with --weights.")
  private String query;

  @Option(names = "--k", defaultValue = "10", paramLabel = "N", description = "Neighbours to find.")
  private int k;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, such as \"run_date >= '2026-01-01'\".")
  private Optional<String> where;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "Which model's row of the path to start from. Otherwise the newest row.")
  private Optional<String> model;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weight file of the table's model, for a query that is an image.")
  private Optional<String> weights;

  @Option(
      names = "--orientation",
      defaultValue = "apply",
      paramLabel = "apply|ignore",
      description = "As when the table was made.")
  private String orientation;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description = "As when the table was made. Otherwise as the model was trained.")
  private Optional<String> preprocessing;

  @Option(
      names = "--index",
      paramLabel = "URI",
      description = "Searches through this index (see jobs/index.sh); otherwise every row.")
  private Optional<String> index;

  @Option(
      names = "--probes",
      paramLabel = "SHARE",
      description = "With --index: the share of its cells to look into. Otherwise 0.06.")
  private Optional<Double> probes;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also writes a page with the query and its neighbours as thumbnails.")
  private Optional<Path> html;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (k < 1) {
      throw wrong("--k must be at least 1, found " + k);
    }
    if (index.isPresent() && where.isPresent()) {
      throw wrong("--where needs a search of every row: leave --index out");
    }
    if (probes.isPresent() && !(probes.get() > 0 && probes.get() <= 1)) {
      throw wrong("--probes must be above 0 and at most 1, found " + probes.get());
    }
    Dataset<Row> labels = Tables.read(table);
    long start = System.nanoTime();
    List<Neighbour> found;
    Query from;
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "searching")) {
      from = query(labels);
      found = index.isPresent() ? throughIndex(labels, from) : exactly(labels, from);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (html.isPresent()) {
      writePage(html.get(), from, found, labels.sparkSession().sessionState().newHadoopConf());
    }
    SearchReport report = new SearchReport(from, found, seconds);
    command.commandLine().getOut().println(json ? report.json() : report.text());
    return 0;
  }

  private List<Neighbour> exactly(Dataset<Row> labels, Query from) {
    return NearestNeighbours.in(Tables.where(labels, where))
        .model(from.model())
        .nearest(from.embedding(), k);
  }

  private List<Neighbour> throughIndex(Dataset<Row> labels, Query from) throws IOException {
    IndexedNeighbours search = IndexedNeighbours.open(labels, index.orElseThrow());
    if (!search.model().equals(from.model())) {
      throw new ConfigurationException(
          "the index is of model %s, the query of %s".formatted(search.model(), from.model()));
    }
    probes.ifPresent(share -> search.probes(new Probes(share)));
    return search.nearest(from.embedding(), k);
  }

  private Query query(Dataset<Row> labels) throws IOException {
    Optional<Query> stored = Queries.stored(labels, query, model);
    if (stored.isEmpty() && Files.exists(Path.of(query))) {
      stored =
          Queries.stored(
              labels,
              Path.of(query)
                  .toAbsolutePath()
                  .toUri()
                  .toString()
                  .replaceFirst("^file:///", "file:/"),
              model);
    }
    return stored.isPresent() ? stored.get() : image(labels);
  }

  private Query image(Dataset<Row> labels) {
    if (weights.isEmpty()) {
      throw new ConfigurationException(
          "query "
              + query
              + " is no path of a labelled row of "
              + table
              + "; to search by an image that is not in the table, give --weights");
    }
    Configuration hadoop = labels.sparkSession().sessionState().newHadoopConf();
    LabelerSpec spec =
        new ModelRequest(
                weights.get(),
                Optional.empty(),
                1,
                List.of(),
                orientation,
                LabelerSpec.DEFAULT_MAX_PIXELS,
                preprocessing,
                "auto")
            .load(hadoop);
    TableModels.of(labels).require(spec.fingerprint(), "--weights " + weights.get());
    return Queries.image(query, spec, hadoop);
  }

  private void writePage(Path file, Query from, List<Neighbour> found, Configuration hadoop) {
    Facts facts =
        Facts.of("table", Secrets.masked(table))
            .and("model", from.model())
            .and("searched", index.isPresent() ? "through the index " + index.get() : "every row");
    if (where.isPresent()) {
      facts = facts.and("where", where.get());
    }
    try {
      Files.writeString(file, new NeighboursPage(hadoop).html(from, found, facts));
    } catch (IOException e) {
      throw new ConfigurationException("--html " + file + ": " + StorageFailure.describe(e), e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
