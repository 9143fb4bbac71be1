package org.inceptionspark.search.neighbours;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.embedding.QueryVector;
import org.inceptionspark.embedding.UnitVector;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.search.index.Centroids;
import org.inceptionspark.search.index.IndexManifest;
import org.inceptionspark.search.index.IndexStore;
import org.inceptionspark.search.index.Probes;
import org.inceptionspark.search.index.QuantisedScan;
import org.inceptionspark.search.scan.CurrentRows;
import org.inceptionspark.search.scan.Match;
import org.inceptionspark.search.scan.RowReader;
import org.inceptionspark.search.scan.RowReference;
import org.inceptionspark.search.scan.SearchedRows;
import org.inceptionspark.search.scan.TableFiles;

/**
 * The rows of a labels table that are most like a query, found through an index: in the cells
 * nearest to the query, the best by their quantised vectors are compared exactly. Rows that are not
 * yet in the index are all compared exactly, so that a new night is never overlooked.
 */
public final class IndexedNeighbours {
  private static final int CANDIDATES = 4;
  private static final int LEAST_CANDIDATES = 32;

  /** A condition that excludes more takes an exact search of the few rows that it lets in. */
  private static final int MOST_CODES = 16_384;

  private final SearchedRows rows;
  private final IndexStore store;
  private final IndexManifest manifest;
  private final Set<String> missing;
  private final Probes probes;

  private IndexedNeighbours(
      SearchedRows rows,
      IndexStore store,
      IndexManifest manifest,
      Set<String> missing,
      Probes probes) {
    this.rows = rows;
    this.store = store;
    this.manifest = manifest;
    this.missing = missing;
    this.probes = probes;
  }

  /**
   * Opens an index.
   *
   * @param table as it is read from Parquet, all of it
   * @throws ConfigurationException if there is none, or files of the table that it covers are gone
   */
  public static IndexedNeighbours open(Dataset<Row> table, String index) throws IOException {
    IndexStore store = new IndexStore(index, table.sparkSession().sessionState().newHadoopConf());
    IndexManifest manifest = store.require();
    Set<String> missing = TableFiles.of(table);
    List<String> gone = manifest.files().filter(file -> !missing.remove(file)).toList();
    if (!gone.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "index %s: %d files of the table are no longer there, such as %s; run jobs/index.sh",
              index,
              gone.size(),
              gone.get(0)));
    }
    SearchedRows rows = SearchedRows.in(table).model(manifest.model());
    return new IndexedNeighbours(rows, store, manifest, missing, Probes.DEFAULT);
  }

  /** Reads more cells, or fewer. */
  public IndexedNeighbours probes(Probes share) {
    return new IndexedNeighbours(rows, store, manifest, missing, share);
  }

  /**
   * Only images for whose newest row this holds; parts on nights alone select the nights that are
   * searched.
   *
   * @param condition in SQL, on the columns of the table
   */
  public IndexedNeighbours where(String condition) {
    return new IndexedNeighbours(rows.where(condition), store, manifest, missing, probes);
  }

  /** The model whose rows are in the index. */
  public String model() {
    return manifest.model();
  }

  /** Files of the table that the index does not cover yet. */
  public int filesNotInIndex() {
    return missing.size();
  }

  /** The best rows, best first; fewer than k only if there are no more. */
  public List<Neighbour> nearest(float[] query, int k) throws IOException {
    if (query.length != manifest.dimensions()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the query has %d floats and the index is of %d",
              query.length,
              manifest.dimensions()));
    }
    QueryVector vector = new QueryVector(query);
    CurrentRows current = new CurrentRows(rows);
    Optional<List<RowReference>> candidates = candidates(query, k, current);
    List<Match> matches = new ArrayList<>();
    if (candidates.isEmpty()) {
      matches.addAll(NearestNeighbours.best(rows.candidates(), current, vector, k));
    } else {
      matches.addAll(RowReader.compare(rows.all().sparkSession(), vector, candidates.get()));
      if (!missing.isEmpty()) {
        Dataset<Row> others =
            rows.candidates().where(TableFiles.column(rows.all()).isin(missing.toArray()));
        matches.addAll(NearestNeighbours.best(others, current, vector, k));
      }
    }
    return new Neighbours(rows.all())
        .of(matches.stream().sorted(Match.BEST_FIRST).limit(k).toList());
  }

  /**
   * The best rows by their quantised vectors that count, from as many cells as necessary.
   *
   * @return empty if too few rows count for this to be useful
   */
  private Optional<List<RowReference>> candidates(float[] query, int k, CurrentRows current)
      throws IOException {
    float[] unit = UnitVector.of(query);
    List<String> segments =
        manifest.segments().stream()
            .filter(segment -> segment.rows() > 0)
            .map(store::directory)
            .toList();
    if (unit == null || segments.isEmpty()) {
      return Optional.of(List.of());
    }
    QuantisedScan codes = new QuantisedScan(rows.all().sparkSession(), segments, unit);
    Centroids cells = store.cells(manifest);
    int enough = Math.max(LEAST_CANDIDATES, CANDIDATES * k);
    Probes share = probes;
    for (int asked = enough; asked <= Math.max(MOST_CODES, enough); ) {
      List<Match> best = codes.best(cells.nearest(unit, share), asked);
      List<Match> counting = current.of(best, enough);
      boolean seenAll = best.size() < asked;
      if (counting.size() == enough || seenAll && (counting.size() >= k || share.all())) {
        return Optional.of(counting.stream().map(Match::row).toList());
      }
      if (seenAll) {
        share = share.wider();
      } else {
        asked *= Math.max(2, Math.min(16, 2 * enough / Math.max(1, counting.size())));
      }
    }
    return Optional.empty();
  }
}
