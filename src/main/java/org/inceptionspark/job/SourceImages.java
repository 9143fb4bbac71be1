package org.inceptionspark.job;

import java.util.Iterator;
import org.apache.spark.sql.Row;

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
