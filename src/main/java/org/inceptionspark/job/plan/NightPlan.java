package org.inceptionspark.job.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.table.ExistingRows;

/**
 * Decides which of the listed objects to label: Spark joins the listing with the existing rows by
 * the version of the object. A version is a path with a length, a time and an etag.
 */
public final class NightPlan {
  private static final String ANTI = "left_anti";
  private static final String SEMI = "left_semi";

  /** An image of a table, or an object that was not found: no time rules it out. */
  private static final Column HAS_NO_TIME = unix_micros(col(SourceImage.MODIFIED)).equalTo(lit(0L));

  private final Dataset<Row> listed;
  private final Optional<Dataset<Row>> held;
  private final Column isThisModel;

  /**
   * @param listed with the columns of {@link SourceImage#LISTED}
   * @param held from {@link org.inceptionspark.job.table.LabelsTable#held}
   * @param model fingerprint
   */
  public NightPlan(Dataset<Row> listed, Optional<Dataset<Row>> held, String model) {
    this.listed = listed;
    this.held = held;
    this.isThisModel = col("model").equalTo(model);
  }

  /** The objects to label, before the limit, with the columns of the listing. */
  public Dataset<Row> select(Selection selection) {
    Dataset<Row> selected =
        switch (selection.relabel()) {
          case NONE -> notHeld(listed, isThisModel.and(ExistingRows.isFinal()));
          case STALE ->
              notHeld(held(listed, not(isThisModel)), isThisModel.and(ExistingRows.isFinal()));
          case ERRORS ->
              notHeld(
                  held(listed, isThisModel.and(col(ExistingRows.KIND).isNotNull())),
                  isThisModel.and(col(ExistingRows.KIND).isNull()));
          case ALL -> listed;
        };
    return selection
        .since()
        .map(time -> selected.where(col(SourceImage.MODIFIED).geq(lit(time)).or(HAS_NO_TIME)))
        .orElse(selected);
  }

  /** The objects that have such a row in the table. */
  private Dataset<Row> held(Dataset<Row> objects, Column which) {
    return held.map(rows -> versions(objects, SEMI, rows.where(which)))
        .orElseGet(() -> objects.where(lit(false)));
  }

  /** The others: the same dataset if there is nothing to compare it with. */
  private Dataset<Row> notHeld(Dataset<Row> objects, Column which) {
    return held.map(rows -> versions(objects, ANTI, rows.where(which))).orElse(objects);
  }

  private static Dataset<Row> versions(Dataset<Row> objects, String kind, Dataset<Row> rows) {
    return objects.as("o").join(rows.as("r"), ExistingRows.sameVersion(), kind);
  }
}
