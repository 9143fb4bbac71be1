package org.inceptionspark.job.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rule for which row of a labels table counts for an image, wherever images are meant rather
 * than rows: among those of a path and model, the one of the latest night; within a night, of the
 * object's latest modification; among these, one with labels. Rows with an error take part like any
 * other: an image that was overwritten by a broken file has no labels and no embedding. Only rows
 * of objects that could not even be looked up, which say nothing of a version, never hide another.
 */
public final class NewestRows {
  /**
   * What was not found has no time of its own but that of 1970, as a timestamp or in microseconds.
   */
  private static final String NOT_FOUND =
      "coalesce(error.kind = 'UNREADABLE'"
          + " AND CAST(CAST(modified AS TIMESTAMP_LTZ) AS BIGINT) = 0, false)";

  private static final String FIRST =
      "row_number() OVER (PARTITION BY %s ORDER BY "
          + NOT_FOUND
          + ", run_date DESC, modified DESC, error IS NOT NULL, sha256)";
  private static final String IMAGE = "path, model";

  /** The one column that {@link #SQL} adds to those of the table. */
  public static final String ORDINAL = "nth";

  /** The rule in SQL, on a table or view named {@code labels}. */
  public static final String SQL =
      "SELECT * FROM (SELECT *, "
          + FIRST.replace("%s", IMAGE)
          + " AS "
          + ORDINAL
          + " FROM labels) WHERE "
          + ORDINAL
          + " = 1";

  private static final String NTH = "nth row of the image";
  private static final String FILE = "file of the row";
  private static final String PLACE = "place of the row";
  private static final StructType ROW =
      new StructType().add(FILE, DataTypes.StringType).add(PLACE, DataTypes.LongType);

  /** The most rows to broadcast, some megabytes. Spark joins more of them by a shuffle. */
  private static final long FEW = 20_000;

  private NewestRows() {}

  /**
   * The newest row of each image and model, found by one shuffle of all columns: for narrow rows.
   *
   * @param rows with the columns {@code path, model, run_date, modified, error} and {@code sha256}
   */
  public static Dataset<Row> ofNarrow(Dataset<Row> rows) {
    return first(rows, IMAGE);
  }

  /** The newest row of each image, model and value of one more column. */
  public static Dataset<Row> ofEach(Dataset<Row> rows, String column) {
    return first(rows, IMAGE + ", " + column);
  }

  private static Dataset<Row> first(Dataset<Row> rows, String image) {
    return nth(rows, image).where(col(NTH).equalTo(1)).drop(NTH);
  }

  private static Dataset<Row> nth(Dataset<Row> rows, String image) {
    return rows.withColumn(NTH, expr(FIRST.replace("%s", image)));
  }

  /**
   * The newest row of each image and model, with all columns of the table. Finds the older ones
   * first, by the narrow columns; if there are none, as in most tables, this is the table itself.
   */
  public static Dataset<Row> of(Dataset<Row> table) {
    Optional<RowPlace> place = RowPlace.of(table);
    if (place.isEmpty()) {
      return ofNarrow(table);
    }
    JavaRDD<Row> replaced =
        nth(places(table, place.get()), IMAGE)
            .where(col(NTH).gt(1))
            .select(FILE, PLACE)
            .javaRDD()
            .persist(StorageLevel.MEMORY_AND_DISK());
    long count = replaced.count();
    if (count == 0) {
      replaced.unpersist();
      return table;
    }
    Dataset<Row> others = table.sparkSession().createDataFrame(replaced, ROW);
    return table
        .withColumn(FILE, place.get().file())
        .withColumn(PLACE, place.get().position())
        .join(count > FEW ? others : broadcast(others), new String[] {FILE, PLACE}, "left_anti")
        .drop(FILE, PLACE);
  }

  private static Dataset<Row> places(Dataset<Row> table, RowPlace place) {
    return table.select(
        col("path"),
        col("model"),
        col("run_date"),
        col("modified"),
        col("error"),
        col("sha256"),
        place.file().as(FILE),
        place.position().as(PLACE));
  }

  /**
   * The newest rows for which a condition holds. The parts of the condition on nights alone select
   * the nights, as if the table had no others; the rest applies to the newest row of each image
   * there.
   *
   * @param condition in SQL, on the columns of the table
   */
  public static Dataset<Row> where(Dataset<Row> table, Optional<String> condition) {
    return condition
        .map(sql -> of(PartitionPredicate.restrict(table, sql)).where(sql))
        .orElseGet(() -> of(table));
  }
}
