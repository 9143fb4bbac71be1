package org.inceptionspark.search.index;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.table.TableCodec;
import org.inceptionspark.job.transfer.SharedValue;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.TableFiles;

/**
 * Creates an index of a labels table, or updates one: rows of new files are added, those of files
 * that are gone removed. Cells are found once, when the index is created.
 */
public final class UpdateIndex {
  private static final DateTimeFormatter NAME_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long BYTES_PER_FILE = 256L << 20;
  private static final int ROWS_PER_PAGE = 64;
  private static final String CODEC = "zstd";

  private final Dataset<Row> table;
  private final String model;
  private final IndexStore store;
  private OptionalInt cells = OptionalInt.empty();

  private UpdateIndex(Dataset<Row> table, String model, IndexStore store) {
    this.table = table;
    this.model = model;
    this.store = store;
  }

  /**
   * The result of an update.
   *
   * @param rows in the index now
   * @param added number of added rows
   * @param removed number of removed rows
   * @param cells of the index
   */
  public record Result(long rows, long added, long removed, int cells) {}

  /**
   * @param table as it is read from Parquet
   * @param model fingerprint of the rows that the index is of
   * @param index directory of the index
   */
  public static UpdateIndex of(Dataset<Row> table, String model, String index) throws IOException {
    return new UpdateIndex(
        table, model, new IndexStore(index, table.sparkSession().sessionState().newHadoopConf()));
  }

  /** Cells of a new index; by default half the square root of the rows. */
  public UpdateIndex cells(int count) {
    cells = OptionalInt.of(count);
    return this;
  }

  /**
   * Runs to the end. Searches meanwhile see the index as it was.
   *
   * @throws ConfigurationException if the index is of another model, or there is nothing to index
   */
  public Result execute() throws IOException {
    TableCodec.of(CODEC).require();
    try (RequiredSettings settings = RequiredSettings.hold(table.sparkSession())) {
      return update();
    }
  }

  private Result update() throws IOException {
    Set<String> present = TableFiles.of(table);
    IndexManifest before = store.manifest().orElse(null);
    if (before == null) {
      before = create();
    }
    if (!before.model().equals(model)) {
      throw new ConfigurationException(
          "the index is of model " + before.model() + ", not of " + model);
    }
    List<IndexManifest.Segment> kept =
        before.segments().stream().filter(segment -> present.containsAll(segment.files())).toList();
    Set<String> covered =
        kept.stream().flatMap(segment -> segment.files().stream()).collect(Collectors.toSet());
    List<String> missing =
        present.stream().filter(file -> !covered.contains(file)).sorted().toList();
    if (missing.isEmpty() && kept.equals(before.segments()) && before.version() > 0) {
      return new Result(before.rows(), 0, 0, before.cells());
    }
    return write(before, kept, missing);
  }

  private IndexManifest create() throws IOException {
    Dataset<Row> rows = rows(table);
    long count = rows.count();
    if (count == 0) {
      throw new ConfigurationException("the table has no labelled rows of model " + model);
    }
    int wanted = cells.orElse(CentroidTraining.defaultCells(count));
    Centroids found = CentroidTraining.train(rows, count, wanted);
    String name = "centroids-" + newName() + ".f32";
    store.write(name, found);
    return new IndexManifest(0, model, found.size(), found.count(), name, List.of());
  }

  private Result write(IndexManifest before, List<IndexManifest.Segment> kept, List<String> missing)
      throws IOException {
    List<IndexManifest.Segment> segments = new ArrayList<>(kept);
    long added = 0;
    if (!missing.isEmpty()) {
      IndexManifest.Segment segment = segment(store.cells(before), missing);
      segments.add(segment);
      added = segment.rows();
    }
    IndexManifest after =
        new IndexManifest(
            before.version() + 1,
            model,
            before.dimensions(),
            before.cells(),
            before.centroids(),
            segments);
    store.write(after);
    for (IndexManifest.Segment segment : before.segments()) {
      if (!kept.contains(segment)) {
        store.delete(segment);
      }
    }
    return new Result(after.rows(), added, before.rows() + added - after.rows(), after.cells());
  }

  private IndexManifest.Segment segment(Centroids cells, List<String> files) {
    Dataset<Row> rows = rows(table).where(TableFiles.column(table).isin(files.toArray()));
    long count = rows.count();
    String name = "segment-" + newName();
    if (count > 0) {
      encode(rows, cells, count, store.directory(name));
    }
    return new IndexManifest.Segment(name, count, files);
  }

  private void encode(Dataset<Row> rows, Centroids cells, long count, String directory) {
    JavaSparkContext context = new JavaSparkContext(rows.sparkSession().sparkContext());
    SharedValue<Centroids> shared = SharedValue.of(context, cells);
    int partitions = (int) (1 + count * cells.size() / BYTES_PER_FILE);
    rows.sparkSession()
        .createDataFrame(
            EmbeddingScan.over(rows, () -> new EncodeSink(shared.value())), IndexRow.SCHEMA)
        .repartition(partitions, col("cell"))
        .sortWithinPartitions("cell", "path")
        .write()
        .option("compression", CODEC)
        .option("parquet.page.row.count.limit", ROWS_PER_PAGE)
        .option("parquet.enable.dictionary#code", "false")
        .option("parquet.column.statistics.enabled#code", "false")
        .parquet(directory);
  }

  private Dataset<Row> rows(Dataset<Row> all) {
    return all.where(col("error").isNull()).where(col("model").equalTo(model));
  }

  private static String newName() {
    return NAME_TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
