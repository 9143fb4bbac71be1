package org.inceptionspark.search.neighbours;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.embedding.QueryVector;
import org.inceptionspark.job.transfer.Transfer;
import org.inceptionspark.search.scan.BestMatches;
import org.inceptionspark.search.scan.CurrentRows;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.Match;
import org.inceptionspark.search.scan.RowReference;
import org.inceptionspark.search.scan.SearchedRows;

/**
 * The rows of a labels table that are most like a query, by cosine similarity of {@code prelogits};
 * exactly. Similarities are float64 sums of exact products, in the same order on every machine;
 * equal ones are ordered by path. The newest row of each image counts, or none if that is an error.
 *
 * <pre>{@code
 * List<Neighbour> found = NearestNeighbours.in(table).model(fingerprint).nearest(query, 10);
 * }</pre>
 */
public final class NearestNeighbours {
  private final SearchedRows rows;

  private NearestNeighbours(SearchedRows rows) {
    this.rows = rows;
  }

  /**
   * Searches a labels table, or a filtered one, as if there were no other rows.
   *
   * @param table read from Parquet, so that its rows' places are known
   */
  public static NearestNeighbours in(Dataset<Row> table) {
    return new NearestNeighbours(SearchedRows.in(table));
  }

  /** Only rows of this model: embeddings of different models cannot be compared. */
  public NearestNeighbours model(String fingerprint) {
    return new NearestNeighbours(rows.model(fingerprint));
  }

  /**
   * Only images for whose newest row this holds; parts on nights alone select the nights that are
   * searched.
   *
   * @param condition in SQL, on the columns of the table
   */
  public NearestNeighbours where(String condition) {
    return new NearestNeighbours(rows.where(condition));
  }

  /**
   * The best rows, best first; fewer if there are no more. One pass over the embeddings, in which
   * each partition keeps its best; then a read of the best rows.
   *
   * @param query an embedding of the same model
   * @param k most rows
   */
  public List<Neighbour> nearest(float[] query, int k) {
    requirePositive(k);
    List<Match> found = best(rows.candidates(), new CurrentRows(rows), new QueryVector(query), k);
    return new Neighbours(rows.all()).of(found);
  }

  /** The best of these rows, best first, without those that newer ones replace. */
  static List<Match> best(Dataset<Row> rows, CurrentRows current, QueryVector query, int k) {
    for (int asked = k; ; asked = Math.multiplyExact(asked, 2)) {
      List<Match> best = best(rows, query, asked);
      List<Match> found = current.of(best, k);
      if (found.size() == k || best.size() < asked) {
        return found;
      }
    }
  }

  private static List<Match> best(Dataset<Row> rows, QueryVector query, int k) {
    return Transfer.toDriver(EmbeddingScan.over(rows, () -> new NearestSink(query, k))).stream()
        .sorted(Match.BEST_FIRST)
        .limit(k)
        .toList();
  }

  /**
   * The best rows for each of many queries: one pass over the embeddings for some thousand of them.
   *
   * @param queries with {@code path}, which names the query, and {@code prelogits}, of one model
   * @return {@code query}, {@code rank} from 1, {@code path}, {@code similarity}
   */
  public Dataset<Row> join(Dataset<Row> queries, int k) {
    requirePositive(k);
    return new NeighbourJoin(rows, k).of(queries);
  }

  private static void requirePositive(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, found " + k);
    }
  }

  private static final class NearestSink implements EmbeddingScan.Sink<Match> {
    private final QueryVector query;
    private final BestMatches best;

    NearestSink(QueryVector query, int k) {
      this.query = query;
      this.best = new BestMatches(k);
    }

    @Override
    public void accept(InternalRow row, float[] values) {
      best.offer(query.similarity(values), () -> RowReference.of(row));
    }

    @Override
    public Iterator<Match> results() {
      return best.inOrder().iterator();
    }
  }
}
