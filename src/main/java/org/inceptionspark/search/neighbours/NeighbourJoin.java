package org.inceptionspark.search.neighbours;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.embedding.EmbeddingBlock;
import org.inceptionspark.job.transfer.SharedValue;
import org.inceptionspark.search.scan.BestMatches;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.RowReference;
import org.inceptionspark.search.scan.SearchedRows;

/** The nearest rows of many queries, in one pass for some thousand of them. */
final class NeighbourJoin {
  private static final int QUERIES_PER_PASS = 4096;
  private static final StructType FOUND =
      new StructType()
          .add("number", DataTypes.IntegerType, false)
          .add("query", DataTypes.StringType, false)
          .add("path", DataTypes.StringType, false)
          .add("similarity", DataTypes.DoubleType, false);

  private final SearchedRows rows;
  private final int k;

  NeighbourJoin(SearchedRows rows, int k) {
    this.rows = rows;
    this.k = k;
  }

  /** Names and embeddings of queries, in the form for tasks. */
  private record Queries(List<String> names, EmbeddingBlock embeddings) implements Serializable {
    static Queries of(List<Row> rows) {
      int size = rows.get(0).getList(1).size();
      float[] values = new float[rows.size() * size];
      for (int row = 0; row < rows.size(); row++) {
        List<Float> embedding = rows.get(row).getList(1);
        if (embedding.size() != size) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "query %s has %d floats and query %s has %d",
                  rows.get(row).getString(0),
                  embedding.size(),
                  rows.get(0).getString(0),
                  size));
        }
        for (int i = 0; i < size; i++) {
          values[row * size + i] = embedding.get(i);
        }
      }
      List<String> names = new ArrayList<>(rows.stream().map(row -> row.getString(0)).toList());
      return new Queries(names, EmbeddingBlock.of(rows.size(), size, values));
    }
  }

  Dataset<Row> of(Dataset<Row> queries) {
    List<Row> all =
        queries.where(col("prelogits").isNotNull()).select("path", "prelogits").collectAsList();
    Dataset<Row> found = rows.all().sparkSession().createDataFrame(List.of(), FOUND);
    Dataset<Row> newest = rows.newest();
    int tasks = rows.tasks();
    for (int from = 0; from < all.size(); from += QUERIES_PER_PASS) {
      int to = Math.min(all.size(), from + QUERIES_PER_PASS);
      found = found.union(pass(Queries.of(all.subList(from, to)), from, newest, tasks));
    }
    return found
        .withColumn(
            "rank",
            row_number()
                .over(Window.partitionBy("number").orderBy(col("similarity").desc(), col("path"))))
        .where(col("rank").leq(k))
        .select("query", "rank", "path", "similarity");
  }

  private Dataset<Row> pass(Queries queries, int firstNumber, Dataset<Row> newest, int tasks) {
    JavaSparkContext context = new JavaSparkContext(rows.all().sparkSession().sparkContext());
    SharedValue<Queries> shared = SharedValue.of(context, queries);
    int most = k;
    return rows.all()
        .sparkSession()
        .createDataFrame(
            EmbeddingScan.overReferences(
                newest, tasks, () -> new JoinSink(shared.value(), firstNumber, most)),
            FOUND);
  }

  private static final class JoinSink implements EmbeddingScan.Sink<Row> {
    private static final int BLOCK = 64;

    private final Queries queries;
    private final int firstNumber;
    private final List<BestMatches> best;
    private final List<RowReference> waiting = new ArrayList<>();
    private final float[] values;

    JoinSink(Queries queries, int firstNumber, int k) {
      this.queries = queries;
      this.firstNumber = firstNumber;
      this.best = queries.names().stream().map(name -> new BestMatches(k)).toList();
      this.values = new float[BLOCK * queries.embeddings().size()];
    }

    @Override
    public void accept(InternalRow row, float[] embedding) {
      int size = queries.embeddings().size();
      if (embedding.length != size) {
        throw new IllegalArgumentException(
            "the query has " + size + " floats and a row has " + embedding.length);
      }
      System.arraycopy(embedding, 0, values, waiting.size() * size, size);
      waiting.add(RowReference.of(row));
      if (waiting.size() == BLOCK) {
        compare();
      }
    }

    private void compare() {
      int size = queries.embeddings().size();
      float[] present = Arrays.copyOf(values, waiting.size() * size);
      EmbeddingBlock.of(waiting.size(), size, present)
          .compare(
              queries.embeddings(),
              (row, query) -> best.get(query).threshold(),
              (row, query, similarity) ->
                  best.get(query).offer(similarity, () -> waiting.get(row)));
      waiting.clear();
    }

    @Override
    public Iterator<Row> results() {
      compare();
      return IntStream.range(0, best.size()).boxed().flatMap(this::found).iterator();
    }

    private java.util.stream.Stream<Row> found(int query) {
      return best.get(query).inOrder().stream()
          .map(
              match ->
                  RowFactory.create(
                      firstNumber + query,
                      queries.names().get(query),
                      match.row().path(),
                      match.similarity()));
    }
  }
}
