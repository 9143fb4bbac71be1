package org.inceptionspark.job.task;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;

/** Rows as images. */
record SourceImages(Iterator<Row> rows) implements Iterator<SourceImage> {
  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public SourceImage next() {
    return SourceImage.of(rows.next());
  }
}
