package org.inceptionspark.cli.commands;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.QueryModel;
import org.inceptionspark.cli.options.TableOption;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.SearchReport;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.page.Facts;
import org.inceptionspark.search.index.Probes;
import org.inceptionspark.search.neighbours.IndexedNeighbours;
import org.inceptionspark.search.neighbours.NearestNeighbours;
import org.inceptionspark.search.neighbours.Neighbour;
import org.inceptionspark.search.neighbours.NeighboursPage;
import org.inceptionspark.search.neighbours.Query;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private TableOption table;

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  /** A single query, or a table of queries. */
  static final class Asked {
    @Option(
        names = "--query",
        paramLabel = "FILE|URI|PATH",
        description = "A path of the table, whose row is the query; or, with --weights, any image.")
    @Names(Names.Kind.FILE)
    private String query;

    @Option(
        names = "--queries",
        paramLabel = "URI",
        description = "Instead of --query: a labels table, each row of which is a query.")
    @Names(Names.Kind.DATA)
    private String queries;
  }

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "With --queries: the Parquet table of query, rank, path and similarity.")
  @Names(Names.Kind.DATA)
  private Optional<String> output;

  @Option(names = "--k", defaultValue = "10", paramLabel = "N", description = "Neighbours to find.")
  private int k;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, such as \"run_date >= '2026-01-01'\".")
  private Optional<String> where;

  @Mixin private QueryModel queryModel;

  @Option(
      names = "--index",
      paramLabel = "URI",
      description =
          "Searches with this index (see jobs/index.sh); by default every row is" + " compared.")
  @Names(Names.Kind.DATA)
  private Optional<String> index;

  @Option(
      names = "--probes",
      paramLabel = "SHARE",
      description = "With --index: the share of its cells to read. By default 0.04.")
  private Optional<Double> probes;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also writes a page with the query and its neighbours as thumbnails.")
  @Names(Names.Kind.PAGE)
  private Optional<String> html;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check();
    return asked.query == null ? searchForAll() : searchForOne();
  }

  private void check() {
    if (k < 1) {
      throw wrong("--k must be at least 1, found " + k);
    }
    if (probes.isPresent() && !(probes.get() > 0 && probes.get() <= 1)) {
      throw wrong("--probes must be above 0 and at most 1, found " + probes.get());
    }
    if (asked.query == null) {
      checkForAll();
    }
  }

  private void checkForAll() {
    if (output.isEmpty()) {
      throw wrong("--queries needs --output");
    }
    if (index.isPresent() || html.isPresent()) {
      throw wrong("--queries compares every row with every query: no --index, no --html");
    }
  }

  private int searchForAll() {
    Dataset<Row> labels = table.read(where);
    OutputFile.requireNew(
        output.orElseThrow(), labels.sparkSession().sessionState().newHadoopConf());
    Dataset<Row> queries = Tables.read(asked.queries);
    String fingerprint = queryModel.model().orElseGet(() -> TableModels.of(queries).only());
    TableModels.of(where.map(labels::where).orElse(labels))
        .require(fingerprint, "--queries " + asked.queries);
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "searching")) {
      exact(labels, fingerprint)
          .join(queries.where(col("error").isNull()).where(col("model").equalTo(fingerprint)), k)
          .write()
          .parquet(output.orElseThrow());
    }
    Dataset<Row> written =
        labels.sparkSession().read().parquet(LiteralPaths.of(output.orElseThrow()));
    Row counts = written.agg(count(lit(1)), countDistinct("query")).head();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      Json found = Json.object().with("output", output.orElseThrow()).with("model", fingerprint);
      out.println(found.with("queries", counts.getLong(1)).with("rows", counts.getLong(0)).text());
    } else {
      out.printf(
          Locale.ROOT,
          "%,d neighbours of %,d queries, model %s, in %s%n",
          counts.getLong(0),
          counts.getLong(1),
          fingerprint,
          Secrets.masked(output.orElseThrow()));
    }
    return 0;
  }

  private int searchForOne() throws IOException {
    Dataset<Row> labels = table.read();
    Configuration hadoop = labels.sparkSession().sessionState().newHadoopConf();
    html.ifPresent(file -> OutputFile.require(file, hadoop));
    long start = System.nanoTime();
    List<Neighbour> found;
    Query from;
    try (TaskProgress progress =
        TaskProgress.show(labels.sparkSession(), command.commandLine().getErr(), "searching")) {
      from = queryModel.query(labels, table.uri(), asked.query);
      found = index.isPresent() ? throughIndex(labels, from) : exactly(labels, from);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (html.isPresent()) {
      writePage(html.get(), from, found, hadoop);
    }
    SearchReport report = new SearchReport(from, found, seconds);
    command.commandLine().getOut().println(json ? report.json() : report.text());
    return 0;
  }

  private List<Neighbour> exactly(Dataset<Row> labels, Query from) {
    return exact(Tables.checked(labels, where), from.model()).nearest(from.embedding(), k);
  }

  private NearestNeighbours exact(Dataset<Row> labels, String fingerprint) {
    NearestNeighbours search = NearestNeighbours.in(labels).model(fingerprint);
    return where.map(search::where).orElse(search);
  }

  private List<Neighbour> throughIndex(Dataset<Row> labels, Query from) throws IOException {
    IndexedNeighbours search = IndexedNeighbours.open(labels, index.orElseThrow());
    if (!search.model().equals(from.model())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "the index is of model %s, the query of %s",
              search.model(),
              from.model()));
    }
    if (probes.isPresent()) {
      search = search.probes(new Probes(probes.get()));
    }
    if (where.isPresent()) {
      Tables.checked(labels, where);
      search = search.where(where.get());
    }
    return search.nearest(from.embedding(), k);
  }

  private void writePage(String file, Query from, List<Neighbour> found, Configuration hadoop) {
    Facts facts =
        Facts.of("table", Secrets.masked(table.uri()))
            .and("model", from.model())
            .and("searched", index.isPresent() ? "through the index " + index.get() : "every row");
    if (where.isPresent()) {
      facts = facts.and("where", where.get());
    }
    String page = new NeighboursPage(hadoop).html(from, found, facts);
    OutputFile.write(file, page.getBytes(StandardCharsets.UTF_8), hadoop);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
