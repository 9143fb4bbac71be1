package org.inceptionspark.job.plan;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.shims.SparkLine;
import scala.Tuple2;

/**
 * Finds the string of a given rank in a column that is too large for one task to sort. A sample
 * divides them into sections; counting these says in which one to look.
 */
final class RankedPlaces {
  /** What a task sorts in seconds. */
  static final long ROWS_OF_A_TASK = 1_000_000;

  /** Enough for sections of nearly the same size, and few enough for the driver. */
  private static final int SAMPLED_OF_A_SECTION = 50;

  private final JavaRDD<Row> sections;
  private final long[] before;

  private RankedPlaces(JavaRDD<Row> sections, long[] before) {
    this.sections = sections;
    this.before = before;
  }

  /**
   * @param column of strings
   * @param count number of rows
   * @param rowsOfATask about as many as one task sorts
   */
  static RankedPlaces of(Dataset<Row> rows, Column column, long count, long rowsOfATask) {
    int wanted = Math.toIntExact((count + rowsOfATask - 1) / rowsOfATask);
    Dataset<Row> places = rows.select(column.as("place"));
    List<String> bounds = bounds(places, count, wanted);
    JavaRDD<Row> sections =
        SparkLine.repartitionById(
                places, bounds.size() + 1, PartitionOfPath.among(bounds, col("place")))
            .sortWithinPartitions("place")
            .javaRDD();
    return new RankedPlaces(sections, before(sections));
  }

  /** The first strings of all sections but the first. */
  private static List<String> bounds(Dataset<Row> places, long count, int wanted) {
    double share = Math.min(1, (double) wanted * SAMPLED_OF_A_SECTION / count);
    List<String> sample =
        places.sample(share, 1).collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted(PartitionOfPath.ORDER)
            .toList();
    List<String> bounds = new ArrayList<>();
    for (int i = SAMPLED_OF_A_SECTION; i < sample.size(); i += SAMPLED_OF_A_SECTION) {
      bounds.add(sample.get(i));
    }
    return bounds;
  }

  private static long[] before(JavaRDD<Row> sections) {
    long[] before = new long[sections.getNumPartitions() + 1];
    sections
        .mapPartitionsWithIndex(
            (index, rows) -> List.of(new Tuple2<>(index, count(rows))).iterator(), true)
        .collect()
        .forEach(section -> before[section._1() + 1] = section._2());
    for (int i = 1; i < before.length; i++) {
      before[i] += before[i - 1];
    }
    return before;
  }

  private static long count(Iterator<Row> rows) {
    long count = 0;
    for (; rows.hasNext(); rows.next()) {
      count++;
    }
    return count;
  }

  /**
   * The strings with these ranks in their order.
   *
   * @param ranks from 0, in order, below the number of rows
   */
  List<String> at(List<Long> ranks) {
    Map<Integer, List<Long>> wanted = new HashMap<>();
    int section = 0;
    for (long rank : ranks) {
      while (before[section + 1] <= rank) {
        section++;
      }
      wanted.computeIfAbsent(section, none -> new ArrayList<>()).add(rank - before[section]);
    }
    return sections
        .mapPartitionsWithIndex(
            (index, rows) -> pick(rows, wanted.getOrDefault(index, Collections.emptyList())), true)
        .collect();
  }

  private static Iterator<String> pick(Iterator<Row> rows, List<Long> wanted) {
    List<String> picked = new ArrayList<>();
    long next = 0;
    String last = null;
    for (long rank : wanted) {
      // Rows of a query that Spark compiles are there only once they have been asked for.
      for (; next <= rank && rows.hasNext(); next++) {
        last = rows.next().getString(0);
      }
      picked.add(last);
    }
    return picked.iterator();
  }
}
