package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whole objects from a listing. */
record ListedObjects(Dataset<Row> listed, Supplier<PassedOver> left) implements ImageSource {
  private static final Column NONE = lit(null).cast("string");

  @Override
  public Dataset<Row> rows(Optional<Dataset<Row>> known) {
    return listed.select(
        col(SourceImage.PATH),
        col(SourceImage.LENGTH),
        col(SourceImage.MODIFIED),
        col(SourceImage.ETAG),
        NONE.as(SourceImage.RANGE),
        NONE.as(SourceImage.FAULT));
  }

  @Override
  public PassedOver passedOver() {
    return left.get();
  }
}
