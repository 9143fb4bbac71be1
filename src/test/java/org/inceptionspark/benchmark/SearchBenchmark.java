package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.index.Probes;
import org.inceptionspark.search.index.UpdateIndex;
import org.inceptionspark.search.neighbours.IndexedNeighbours;
import org.inceptionspark.search.neighbours.NearestNeighbours;
import org.inceptionspark.search.neighbours.Neighbour;
import org.inceptionspark.search.neighbours.Queries;
import org.inceptionspark.search.neighbours.Query;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times exact searches, searches through an index, and near-duplicates, and counts bytes read. */
@Command(
    name = "search-benchmark.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Times searches of a labels table: exactly, through an index of several shares of cells with"
          + " the recall that each has, and near-duplicates.",
      "Bytes are what the process read (Linux), of files in memory too."
    })
public final class SearchBenchmark implements Callable<Integer> {
  private static final int K = 10;

  @Option(
      names = "--table",
      required = true,
      description = "Directory of a labels table; made of made-up embeddings if it is not there.")
  private Path table;

  @Option(names = "--rows", defaultValue = "40000", description = "To make (${DEFAULT-VALUE}).")
  private long rows;

  @Option(names = "--groups", defaultValue = "500", description = "To make (${DEFAULT-VALUE}).")
  private int groups;

  @Option(
      names = "--embedding",
      defaultValue = "float32",
      description = "To make: float32 or float16 (${DEFAULT-VALUE}).")
  private EmbeddingPrecision embedding;

  @Option(names = "--threads", defaultValue = "1", description = "Of Spark (${DEFAULT-VALUE}).")
  private int threads;

  @Option(names = "--rounds", defaultValue = "5", description = "Exact ones (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--queries", defaultValue = "20", description = "Indexed (${DEFAULT-VALUE}).")
  private int queries;

  @Option(names = "--index", description = "Directory of an index; made if it is not there.")
  private Optional<Path> index;

  @Option(names = "--probes", split = ",", defaultValue = "0.01,0.02,0.04,0.06,0.1")
  private List<Double> probes;

  @Option(names = "--duplicates", description = "Also near-duplicates, among so many rows.")
  private Optional<Integer> duplicates;

  private final PrintStream out = System.out;
  private SparkSession spark;
  private String model;
  private long count;

  public static void main(String[] arguments) {
    int code =
        new CommandLine(new SearchBenchmark())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws Exception {
    Configurator.setRootLevel(Level.ERROR);
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[" + threads + "]")
            .setAppName("search benchmark")
            .set("spark.ui.enabled", "false");
    spark = SparkSession.builder().config(conf).getOrCreate();
    if (!Files.exists(table)) {
      make();
    }
    TableModels models = TableModels.of(labels());
    model = models.only();
    count = models.rows().get(model);
    out.printf("%,d rows, %d threads, JDK %s%n", count, threads, Runtime.version());
    exact();
    if (index.isPresent()) {
      indexed(index.get().toUri().toString());
    }
    if (duplicates.isPresent()) {
      duplicates(duplicates.get());
    }
    spark.stop();
    return 0;
  }

  private Dataset<Row> labels() {
    return spark.read().parquet(table.toUri().toString());
  }

  private void make() {
    Run run = new Run();
    new SyntheticTable(rows, groups, 2048, embedding)
        .create(spark, (int) Math.max(threads, rows / 60_000), "2026-01-01", 0)
        .write()
        .option("parquet.page.size", 128 * 1024)
        .partitionBy("run_date")
        .parquet(table.toUri().toString());
    out.printf("made in %s%n", run);
  }

  private List<Query> queries() throws IOException {
    List<Query> found = new ArrayList<>();
    List<Row> paths =
        labels()
            .where("error is null")
            .select("path")
            .orderBy("sha256")
            .limit(queries)
            .collectAsList();
    for (Row path : paths) {
      found.add(Queries.stored(labels(), path.getString(0), Optional.of(model)).orElseThrow());
    }
    return found;
  }

  private void exact() throws IOException {
    float[] query = queries().get(0).embedding();
    for (int i = 0; i < rounds; i++) {
      Run read = new Run();
      labels().selectExpr("sum(prelogits[0])").collectAsList();
      out.printf("Spark reads the column  %s%n", read.rate(count));
      Run search = new Run();
      NearestNeighbours.in(labels()).model(model).nearest(query, K);
      out.printf("exact search            %s%n", search.rate(count));
    }
  }

  private void indexed(String directory) throws IOException {
    Run made = new Run();
    UpdateIndex.Result result = UpdateIndex.of(labels(), model, directory).execute();
    out.printf(
        "index of %,d cells, %,d rows joined, in %s%n", result.cells(), result.added(), made);
    List<Query> all = queries();
    List<Set<Neighbour>> exact = new ArrayList<>();
    Run whole = new Run();
    for (Query query : all) {
      exact.add(
          new HashSet<>(NearestNeighbours.in(labels()).model(model).nearest(query.embedding(), K)));
    }
    double wholeBytes = (double) whole.bytes() / all.size();
    out.printf(
        "exact: %.0f MB and %.2f s a query%n", wholeBytes / 1e6, whole.seconds() / all.size());
    out.println("| share of cells | recall@10 | bytes read | of the exact search's | seconds |");
    out.println("|---|---|---|---|---|");
    for (double share : probes) {
      int hits = 0;
      Run run = new Run();
      for (int i = 0; i < all.size(); i++) {
        Set<Neighbour> found =
            new HashSet<>(
                IndexedNeighbours.open(labels(), directory)
                    .probes(new Probes(share))
                    .nearest(all.get(i).embedding(), K));
        found.retainAll(exact.get(i));
        hits += found.size();
      }
      double bytes = (double) run.bytes() / all.size();
      out.printf(
          Locale.ROOT,
          "| %.3f | %.3f | %.1f MB | %.2f %% | %.2f |%n",
          share,
          (double) hits / (K * all.size()),
          bytes / 1e6,
          100 * bytes / wholeBytes,
          run.seconds() / all.size());
    }
  }

  private void duplicates(int rows) {
    Dataset<Row> some = labels().where("conv(sha256, 16, 10) < " + rows);
    Run run = new Run();
    int found = NearDuplicates.in(some, model).groups(0.98).size();
    out.printf(
        Locale.ROOT,
        "near-duplicates among %,d rows: %d groups in %.1f s, %.1f million pairs/s%n",
        rows,
        found,
        run.seconds(),
        (double) rows * rows / 2e6 / run.seconds());
  }

  /** Time and bytes from its making on. */
  private static final class Run {
    private final long start = System.nanoTime();
    private final long bytesBefore = bytesRead();

    double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }

    long bytes() {
      return bytesRead() - bytesBefore;
    }

    String rate(long rows) {
      return String.format(Locale.ROOT, "%s, %,.0f rows/s", this, rows / seconds());
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f s, %.0f MB", seconds(), bytes() / 1e6);
    }

    private static long bytesRead() {
      try {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
            .filter(line -> line.startsWith("rchar: "))
            .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
            .sum();
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
