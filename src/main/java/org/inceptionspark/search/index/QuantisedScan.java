package org.inceptionspark.search.index;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.transfer.Transfer;
import org.inceptionspark.search.scan.BestMatches;
import org.inceptionspark.search.scan.Match;
import org.inceptionspark.search.scan.RowReference;

/**
 * Compares the quantised vectors in some cells of an index with a query, reading only those cells'
 * pages.
 */
public final class QuantisedScan {
  private final SparkSession spark;
  private final List<String> segments;
  private final QuantisedVector.Comparison query;

  /**
   * @param segments directories of Parquet files
   */
  public QuantisedScan(SparkSession spark, List<String> segments, float[] unit) {
    this.spark = spark;
    this.segments = segments;
    this.query = new QuantisedVector.Comparison(unit);
  }

  /** The best rows of the cells, with their approximate similarities, best first. */
  public List<Match> best(int[] cells, int most) {
    Column wanted =
        Arrays.stream(cells)
            .mapToObj(cell -> col("cell").equalTo(cell))
            .reduce(Column::or)
            .orElseThrow();
    JavaRDD<Match> best =
        spark
            .read()
            .schema(IndexRow.SCHEMA)
            .parquet(LiteralPaths.of(segments.toArray(String[]::new)))
            .where(wanted)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new BestCodes(query, most));
    return Transfer.toDriver(best).stream().sorted(Match.BEST_FIRST).limit(most).toList();
  }

  private static final class BestCodes implements FlatMapFunction<Iterator<InternalRow>, Match> {
    private static final long serialVersionUID = 1L;

    private final QuantisedVector.Comparison query;
    private final int most;

    BestCodes(QuantisedVector.Comparison query, int most) {
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
