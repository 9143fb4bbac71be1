package org.inceptionspark.job;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.s3.FaultyStore;

/**
 * What a reader finds in a table in an object store just before each change: every state that the
 * table goes through, since the change waits for the reader.
 */
final class SeenTable {
  /** A row as a reader finds it: about what, in which night and file. */
  record Seen(String name, int day, String kind, String file) {}

  private final SparkSession spark;
  private final String uri;
  private final String nights;
  private final List<List<Seen>> states = new CopyOnWriteArrayList<>();

  private SeenTable(SparkSession spark, String uri) {
    this.spark = spark;
    this.uri = uri;
    this.nights = uri.replaceFirst("^s3a://[^/]+/", "") + "/run_date=";
  }

  static SeenTable watch(SparkSession spark, FaultyStore store, String uri) {
    SeenTable seen = new SeenTable(spark, uri);
    store.watch(seen::atWrite);
    return seen;
  }

  private void atWrite(String write) {
    if (write.matches("(PUT|COMPLETE|COPY|DELETE) \\Q" + nights + "\\E.*\\.parquet")) {
      states.add(now());
    }
  }

  /** What a reader finds at this moment. */
  List<Seen> now() {
    return spark
        .newSession()
        .read()
        .schema(new LabelTable("", List.of()).schema())
        .parquet(uri)
        .selectExpr(
            "regexp_extract(path, '[^/]+$', 0)",
            "day(run_date)",
            "coalesce(error.kind, 'LABELLED')",
            "_metadata.file_name",
            "concat_ws(' ', path, length, modified, etag, model)")
        .collectAsList()
        .stream()
        .map(SeenTable::seen)
        .toList();
  }

  private static Seen seen(Row row) {
    return new Seen(row.getString(0), row.getInt(1), row.getString(2), row.getString(3));
  }

  /** The states that were seen, in their order. */
  List<List<Seen>> states() {
    return List.copyOf(states);
  }

  /** Names that a reader finds twice in a state. */
  static Set<String> twice(List<Seen> state) {
    Set<String> once = new TreeSet<>();
    return state.stream()
        .map(Seen::name)
        .filter(name -> !once.add(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** {@code "0.jpg 1"} with the outcome. */
  static TreeMap<String, String> byName(List<Seen> state) {
    TreeMap<String, String> rows = new TreeMap<>();
    state.forEach(row -> rows.merge(row.name() + " " + row.day(), row.kind(), (a, b) -> "twice"));
    return rows;
  }
}
