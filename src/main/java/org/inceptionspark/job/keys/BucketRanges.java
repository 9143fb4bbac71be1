package org.inceptionspark.job.keys;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.transfer.Transfer;

/**
 * Divides the listing of a bucket among tasks by ranges of its keys, in a few rounds of tasks: each
 * examines a range and splits it into up to four. Small ranges are soon listed completely, so the
 * remaining ones are where the keys are, whether in one directory or a hundred thousand.
 */
public final class BucketRanges {
  /** With fewer pages, the driver has listed everything before a job could start. */
  private static final int FEW_PAGES = 20;

  private static final int LOOKED_INTO = 4;
  private static final int PARTS = 4;

  /** Enough for a hundred thousand cores; a bound for keys that cannot be split. */
  private static final int MOST_ROUNDS = 12;

  private final JavaSparkContext context;
  private final Configuration configuration;
  private final KeyPrefix prefix;
  private final int wanted;

  /**
   * @param wanted number of ranges, if there are enough keys
   */
  public BucketRanges(
      JavaSparkContext context, Configuration configuration, KeyPrefix prefix, int wanted) {
    this.context = context;
    this.configuration = configuration;
    this.prefix = prefix;
    this.wanted = wanted;
  }

  /** All keys, in ordered ranges; empty if the store does not list in order. */
  public Optional<List<KeyRange>> cut() throws IOException {
    RangeCutter cutter = prefix.cutter(configuration);
    List<OpenRange> ranges;
    try {
      ranges = List.of(cutter.look(OpenRange.ALL, FEW_PAGES));
    } catch (OutOfOrderException noRanges) {
      return Optional.empty();
    }
    for (int round = 0; round < MOST_ROUNDS && !ranges.isEmpty(); round++) {
      long open = ranges.stream().filter(range -> !range.whole()).count();
      if (open == 0 || open >= wanted) {
        break;
      }
      ranges = joined(cut(ranges, (int) Math.min(PARTS, Math.max(2, wanted / open))), cutter);
    }
    return ranges.isEmpty()
        ? Optional.empty()
        : Optional.of(ranges.stream().map(OpenRange::keys).toList());
  }

  private List<OpenRange> cut(List<OpenRange> ranges, int parts) {
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(configuration));
    List<OpenRange> open = ranges.stream().filter(range -> !range.whole()).toList();
    CutRanges task = new CutRanges(hadoop, prefix, LOOKED_INTO, parts);
    List<List<OpenRange>> cut =
        Transfer.toDriver(Transfer.toTasks(context, open, open.size()).map(task));
    hadoop.destroy();
    List<OpenRange> all = new ArrayList<>();
    int i = 0;
    for (OpenRange range : ranges) {
      List<OpenRange> parted = range.whole() ? List.of(range) : cut.get(i++);
      if (parted.isEmpty()) {
        return List.of();
      }
      all.addAll(parted);
    }
    return all;
  }

  /** Merges small adjacent ranges, so that no request is for a handful of keys. */
  private static List<OpenRange> joined(List<OpenRange> ranges, RangeCutter cutter) {
    List<OpenRange> joined = new ArrayList<>();
    for (OpenRange range : ranges) {
      OpenRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (before != null && cutter.fit(before, range, FEW_PAGES)) {
        joined.set(joined.size() - 1, before.and(range));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
