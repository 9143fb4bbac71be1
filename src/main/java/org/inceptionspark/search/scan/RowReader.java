package org.inceptionspark.search.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.embedding.QueryVector;
import org.inceptionspark.job.transfer.Transfer;

/** Compares single rows of a table with a query, reading only the pages that hold them. */
public final class RowReader {
  private RowReader() {}

  /** The exact similarities of these rows, unordered; one task per file. */
  public static List<Match> compare(
      SparkSession spark, QueryVector query, List<RowReference> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<List<RowReference>> files =
        new ArrayList<>(rows.stream().collect(Collectors.groupingBy(RowReference::file)).values());
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    return Transfer.toDriver(
        Transfer.toTasks(context, files, files.size()).flatMap(new CompareFile(hadoop, query)));
  }

  private static final class CompareFile implements FlatMapFunction<List<RowReference>, Match> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final QueryVector query;

    CompareFile(Broadcast<SerializableConfiguration> hadoop, QueryVector query) {
      this.hadoop = hadoop;
      this.query = query;
    }

    @Override
    public Iterator<Match> call(List<RowReference> rows) throws IOException {
      List<RowReference> sorted =
          rows.stream().sorted(Comparator.comparingLong(RowReference::position)).toList();
      List<Match> matches = new ArrayList<>();
      Configuration configuration = hadoop.value().value();
      try (EmbeddingFile file = EmbeddingFile.open(sorted.get(0).file(), configuration)) {
        for (List<RowReference> group : byRowGroup(file, sorted).values()) {
          file.read(
              group.stream().mapToLong(RowReference::position).toArray(),
              (index, values) ->
                  matches.add(new Match(group.get(index), query.similarity(values))));
        }
      }
      return matches.iterator();
    }

    private static Map<Long, List<RowReference>> byRowGroup(
        EmbeddingFile file, List<RowReference> sorted) {
      return sorted.stream().collect(Collectors.groupingBy(row -> file.groupEnd(row.position())));
    }
  }
}
