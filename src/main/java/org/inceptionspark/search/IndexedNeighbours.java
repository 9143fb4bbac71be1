package org.inceptionspark.search;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.job.ConfigurationException;

/**
 * The rows of a labels table that are most like a query, found through an index: in the cells
 * nearest to the query, the best by their codes, compared exactly. Rows that have not joined the
 * index are all compared exactly, so that a new night is never overlooked.
 */
public final class IndexedNeighbours {
  private static final int CANDIDATES = 4;
  private static final int LEAST_CANDIDATES = 32;

  private final Dataset<Row> rows;
  private final IndexStore store;
  private final IndexManifest manifest;
  private final Set<String> missing;
  private Probes probes = Probes.DEFAULT;

  private IndexedNeighbours(
      Dataset<Row> rows, IndexStore store, IndexManifest manifest, Set<String> missing) {
    this.rows = rows;
    this.store = store;
    this.manifest = manifest;
    this.missing = missing;
  }

  /**
   * Opens an index.
   *
   * @param table as it is read from Parquet
   * @throws ConfigurationException if there is none, or files of the table that it covers are gone
   */
  public static IndexedNeighbours open(Dataset<Row> table, String index) throws IOException {
    IndexStore store = new IndexStore(index, table.sparkSession().sessionState().newHadoopConf());
    IndexManifest manifest = store.require();
    Set<String> missing = TableFiles.of(table);
    List<String> gone = manifest.files().filter(file -> !missing.remove(file)).toList();
    if (!gone.isEmpty()) {
      throw new ConfigurationException(
          "index %s: %d files of the table are no longer there, such as %s; run jobs/index.sh"
              .formatted(index, gone.size(), gone.get(0)));
    }
    Dataset<Row> rows =
        table.where(col("error").isNull()).where(col("model").equalTo(manifest.model()));
    return new IndexedNeighbours(rows, store, manifest, missing);
  }

  public IndexedNeighbours probes(Probes share) {
    probes = share;
    return this;
  }

  /** The model whose rows are in the index. */
  public String model() {
    return manifest.model();
  }

  /** Files of the table whose rows have not joined the index. */
  public int filesNotInIndex() {
    return missing.size();
  }

  /** The best rows, best first. */
  public List<Neighbour> nearest(float[] query, int k) throws IOException {
    if (query.length != manifest.dimensions()) {
      throw new IllegalArgumentException(
          "the query has %d floats and the index is of %d"
              .formatted(query.length, manifest.dimensions()));
    }
    QueryVector vector = new QueryVector(query);
    List<Match> matches =
        new ArrayList<>(RowReader.compare(rows.sparkSession(), vector, candidates(query, k)));
    if (!missing.isEmpty()) {
      Dataset<Row> others = rows.where(col("_metadata.file_path").isin(missing.toArray()));
      matches.addAll(NearestNeighbours.best(others, vector, k));
    }
    matches.sort(Match.BEST_FIRST);
    return new Neighbours(rows).of(new CurrentRows(rows).of(matches, k));
  }

  private List<RowReference> candidates(float[] query, int k) throws IOException {
    float[] unit = UnitVector.of(query);
    List<String> segments =
        manifest.segments().stream()
            .filter(segment -> segment.rows() > 0)
            .map(store::directory)
            .toList();
    if (unit == null || segments.isEmpty()) {
      return List.of();
    }
    Column wanted =
        Arrays.stream(store.cells(manifest).nearest(unit, probes))
            .mapToObj(cell -> col("cell").equalTo(cell))
            .reduce(Column::or)
            .orElseThrow();
    int most = Math.max(LEAST_CANDIDATES, CANDIDATES * k);
    return rows
        .sparkSession()
        .read()
        .schema(IndexRow.SCHEMA)
        .parquet(segments.toArray(String[]::new))
        .where(wanted)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(new BestCodes(new Code.Comparison(unit), most))
        .collect()
        .stream()
        .sorted(Match.BEST_FIRST)
        .limit(most)
        .map(Match::row)
        .collect(Collectors.toList());
  }

  private static final class BestCodes implements FlatMapFunction<Iterator<InternalRow>, Match> {
    private static final long serialVersionUID = 1L;

    private final Code.Comparison query;
    private final int most;

    BestCodes(Code.Comparison query, int most) {
      this.query = query;
      this.most = most;
    }

    @Override
    public Iterator<Match> call(Iterator<InternalRow> codes) {
      BestMatches best = new BestMatches(most);
      while (codes.hasNext()) {
        InternalRow row = codes.next();
        best.offer(
            query.similarity(IndexRow.scale(row), IndexRow.code(row)), () -> RowReference.of(row));
      }
      return best.inOrder().iterator();
    }
  }
}
