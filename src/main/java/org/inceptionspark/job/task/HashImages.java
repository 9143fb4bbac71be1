package org.inceptionspark.job.task;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.labeler.Sha256;

/** Reads images and gives their digests, without decoding. Unreadable ones are left out. */
public final class HashImages implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ImageReader reader;
  private final ReadAhead.Limits limits;

  public HashImages(ImageReader reader, ReadAhead.Limits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /**
   * @param rows the columns of {@link SourceImage#LISTED}; the digest comes after them
   */
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ReadAhead images = new ReadAhead(new SourceImages(rows), reader, limits);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> images.close());
    List<Row> hashed = new ArrayList<>();
    while (images.hasNext()) {
      ReadImage image = images.next();
      if (image.error() == null) {
        SourceImage source = image.source();
        hashed.add(
            RowFactory.create(
                source.path(),
                source.length(),
                source.modified(),
                source.etag(),
                source.range(),
                source.fault(),
                Sha256.of(image.bytes())));
      }
    }
    return hashed.iterator();
  }
}
