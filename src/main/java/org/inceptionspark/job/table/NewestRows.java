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
 * The rule by which one row of a labels table speaks for an image, the same wherever images and not
 * rows are meant: of the rows of a path and model that of the latest night; of one night that of
 * the object's latest time; of these one with labels. A row with an error counts as any other does:
 * an image that was overwritten by a broken file has no labels and no embedding.
 */
public final class NewestRows {
  private static final String FIRST =
      "row_number() OVER (PARTITION BY %s"
          + " ORDER BY run_date DESC, modified DESC, error IS NOT NULL, sha256)";
  private static final String IMAGE = "path, model";

  /** The one column that {@link #SQL} has beside those of the table. */
  public static final String ORDINAL = "nth";

  /** The rule in SQL, of a table or view by the name of {@code labels}. */
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

  /** As many rows as a task may be sent: some megabytes. Spark joins more of them by a shuffle. */
  private static final long FEW = 20_000;

  private NewestRows() {}

  /**
   * The newest of these rows of each image and model, found by one shuffle of all of their columns:
   * for rows that have few.
   *
   * @param rows with the columns {@code path, model, run_date, modified, error} and {@code sha256}
   */
  public static Dataset<Row> ofNarrow(Dataset<Row> rows) {
    return first(rows, IMAGE);
  }

  /** The newest of these rows of each image, model and value of one more column. */
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
   * The newest row of each image and model, with all columns of the table. Finds the others first,
   * by the narrow columns; where there are none, as in most tables, this is the table itself.
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
   * The newest rows for which a condition holds. What the condition says of nights alone chooses
   * the nights that are looked at, as if the table had no others; the newest row of an image there
   * is asked for the rest.
   *
   * @param condition in SQL, on the columns of the table
   */
  public static Dataset<Row> where(Dataset<Row> table, Optional<String> condition) {
    return condition
        .map(sql -> of(PartitionPredicate.restrict(table, sql)).where(sql))
        .orElseGet(() -> of(table));
  }
}
