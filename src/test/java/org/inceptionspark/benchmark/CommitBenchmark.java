package org.inceptionspark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.delta.sql.DeltaSparkSessionExtension;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.directory.TableWriter;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.runs.CommitGate;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.job.table.TableCommits;
import org.inceptionspark.labeler.EmbeddingPrecision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a commit of made-up rows takes in each kind of table, apart from computing them: a chunk
 * that is new, rows in place of others, rows that leave, a compaction, and a look-up by path. The
 * kinds take turns, on the local disk.
 */
@Command(
    name = "benchmark.sh --commits",
    mixinStandardHelpOptions = true,
    description =
        "Times commits, replacements, removals and compactions of a directory, of an Iceberg and of a"
            + " Delta table, on the local disk.")
final class CommitBenchmark implements Callable<Integer> {
  private static final int FULL_WIDTH = 2048;

  @Option(names = "--rows", defaultValue = "5000", description = "In a chunk (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--rounds", defaultValue = "3", description = "Of each (${DEFAULT-VALUE}).")
  private int rounds;

  private final PrintStream out = System.out;
  private final Map<String, Map<String, List<Double>>> seconds = new LinkedHashMap<>();
  private SparkSession spark;

  private interface Step {
    void run() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("inception-spark-benchmark");
    try (SparkSession session = session(directory)) {
      spark = session;
      spark.sql("CREATE NAMESPACE IF NOT EXISTS lake.db");
      Map<String, String> tables = new LinkedHashMap<>();
      tables.put("directory", directory.resolve("labels").toString());
      tables.put("Iceberg", "table:lake.db.labels");
      tables.put("Delta", "table:delta.`" + directory.resolve("delta") + "`");
      for (int round = 0; round <= rounds; round++) { // the first is a rehearsal
        for (Map.Entry<String, String> table : tables.entrySet()) {
          round(table.getKey(), table.getValue(), round);
        }
      }
      print(tables.keySet());
      return 0;
    } finally {
      JobOptions.delete(directory);
    }
  }

  private static SparkSession session(Path directory) {
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[2]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            .set(
                "spark.sql.extensions",
                DeltaSparkSessionExtension.class.getName()
                    + ","
                    + IcebergSparkSessionExtensions.class.getName())
            .set("spark.sql.catalog.spark_catalog", DeltaCatalog.class.getName())
            .set("spark.sql.catalog.lake", SparkCatalog.class.getName())
            .set("spark.sql.catalog.lake.type", "hadoop")
            .set("spark.sql.catalog.lake.warehouse", directory.resolve("lake").toString())
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toUri().toString());
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private void round(String kind, String name, int round) throws IOException {
    LabelsTable table = LabelsTables.of(spark, name);
    LocalDate date = LocalDate.of(2026, 1, 1).plusDays(round);
    try (PersistedDataset first = made(2L * round * rows);
        PersistedDataset second = made((2L * round + 1) * rows)) {
      try (TableCommits commits = table.begin(night(name, date))) {
        timed(round, "commit of a chunk", kind, () -> commits.append(inOneFile(first.rows())));
        timed(round, "commit of another", kind, () -> commits.append(inOneFile(second.rows())));
        commits.end();
      }
      try (PersistedDataset some = PersistedDataset.of(oneIn(100, first.rows()));
          TableCommits commits = table.begin(night(name, date))) {
        timed(round, "replacement of 1 % of a chunk", kind, () -> replace(commits, some.rows()));
        commits.end();
      }
      try (PersistedDataset gone = PersistedDataset.of(oneIn(100, second.rows()).select("path"))) {
        timed(round, "removal of 1 % of a chunk", kind, () -> table.remove(gone.rows()));
      }
    }
    timed(round, "compaction of the two", kind, () -> table.compact(date.plusDays(1), 512L << 20));
    String path = String.format(Locale.ROOT, "s3a://synthetic/photos/%09d.jpg", 2L * round * rows);
    timed(
        round,
        "look-up of a path",
        kind,
        () -> table.view().where(col("path").equalTo(path)).select("sha256").collectAsList());
  }

  private static void replace(TableCommits commits, Dataset<Row> rows) throws IOException {
    Dataset<Row> objects =
        rows.select("path", "length", "modified", "etag")
            .withColumn("range", lit(null).cast("string"))
            .withColumn("fault", lit(null).cast("string"));
    try (PersistedDataset earlier = commits.replaceable(objects).orElseThrow()) {
      commits.replace(inOneFile(rows));
    }
  }

  private PersistedDataset made(long first) {
    SyntheticTable table = new SyntheticTable(rows, 50, FULL_WIDTH, EmbeddingPrecision.FLOAT32);
    PersistedDataset made =
        PersistedDataset.of(table.create(spark, 2, "2026-01-01", first).drop(LabelTable.RUN_DATE));
    made.rows().count();
    return made;
  }

  private static Dataset<Row> oneIn(int many, Dataset<Row> rows) {
    return rows.where(xxhash64(col("path")).mod(many).equalTo(0));
  }

  private static Dataset<Row> inOneFile(Dataset<Row> rows) {
    return TableWriter.inFiles(rows, 1);
  }

  private static Night night(String table, LocalDate date) {
    return new Night(
        "benchmark-" + table.hashCode(),
        new CommitGate(),
        Attempt.ONLY,
        date,
        new LabelTable(SyntheticTable.MODEL, List.of()),
        Relabel.ALL);
  }

  private void timed(int round, String what, String kind, Step step) throws IOException {
    long start = System.nanoTime();
    step.run();
    if (round > 0) {
      seconds
          .computeIfAbsent(what, name -> new LinkedHashMap<>())
          .computeIfAbsent(kind, name -> new ArrayList<>())
          .add((System.nanoTime() - start) / 1e9);
    }
  }

  private void print(Iterable<String> kinds) throws IOException {
    out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
    out.printf(
        "local[2], chunks of %,d rows of full width on the local disk; medians of %d rounds in turn%n",
        rows, rounds);
    out.printf("%-32s", "seconds");
    kinds.forEach(kind -> out.printf("%12s", kind));
    out.println();
    seconds.forEach(
        (what, times) -> {
          out.printf("%-32s", what);
          times.values().forEach(s -> out.printf(Locale.ROOT, "%12.2f", Medians.of(s)));
          out.println();
        });
  }
}
