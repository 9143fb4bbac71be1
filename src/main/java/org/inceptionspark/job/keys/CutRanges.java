package org.inceptionspark.job.keys;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Examines a range and splits it, in a task; gives nothing if the store has no order. */
final class CutRanges implements Function<OpenRange, List<OpenRange>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final KeyPrefix prefix;
  private final int pages;
  private final int parts;

  /**
   * @param pages to list of each
   * @param parts to split the rest into
   */
  CutRanges(Broadcast<SerializableConfiguration> hadoop, KeyPrefix prefix, int pages, int parts) {
    this.hadoop = hadoop;
    this.prefix = prefix;
    this.pages = pages;
    this.parts = parts;
  }

  @Override
  public List<OpenRange> call(OpenRange range) throws IOException {
    try {
      RangeCutter cutter = prefix.cutter(hadoop.value().value());
      OpenRange seen = cutter.look(range, pages);
      return seen.whole() ? List.of(seen) : cutter.cut(seen, parts);
    } catch (OutOfOrderException noRanges) {
      return Collections.emptyList();
    }
  }
}
