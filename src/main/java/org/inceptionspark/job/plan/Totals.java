package org.inceptionspark.job.plan;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;
import scala.Tuple2;

/** How much there is to do. */
public record Totals(long objects, long bytes) {
  @Override
  public String toString() {
    return objects + " objects, " + bytes + " bytes";
  }

  public Totals without(Totals part) {
    return new Totals(objects - part.objects, bytes - part.bytes);
  }

  /** One Spark job; Spark's own aggregate takes three for persisted rows. */
  public static Totals of(Dataset<Row> listed) {
    List<Tuple2<Long, Long>> partitions =
        listed
            .select(SourceImage.LENGTH)
            .as(Encoders.LONG())
            .mapPartitions(new OfPartition(), Encoders.tuple(Encoders.LONG(), Encoders.LONG()))
            .collectAsList();
    return new Totals(
        partitions.stream().mapToLong(Tuple2::_1).sum(),
        partitions.stream().mapToLong(Tuple2::_2).sum());
  }

  private static final class OfPartition
      implements MapPartitionsFunction<Long, Tuple2<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<Long, Long>> call(Iterator<Long> lengths) {
      long objects = 0;
      long bytes = 0;
      while (lengths.hasNext()) {
        objects++;
        bytes += lengths.next();
      }
      return List.of(new Tuple2<>(objects, bytes)).iterator();
    }
  }
}
