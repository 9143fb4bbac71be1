package org.inceptionspark.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.LongStream;
import org.inceptionspark.job.LabelImages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSizesTest {
  private static final long LARGEST = 2048 * PartitionSizes.OBJECT_COST;

  /** Costs of the partitions of objects of these lengths. */
  private static List<Long> partitions(long[] lengths, int cores) {
    long total = PartitionSizes.cost(lengths.length, LongStream.of(lengths).sum());
    PartitionSizes sizes = new PartitionSizes(total, cores);
    List<Long> costs = new ArrayList<>(List.of(0L));
    for (long length : lengths) {
      if (sizes.startsPartition(length)) {
        costs.add(0L);
      }
      int last = costs.size() - 1;
      costs.set(last, costs.get(last) + PartitionSizes.cost(1, length));
    }
    return costs;
  }

  /** Some thousand small objects, a few huge, in random order. */
  private static long[] lengths(Random random) {
    int count = 1 + random.nextInt(1 << random.nextInt(14));
    return LongStream.range(0, count)
        .map(i -> (long) (Math.exp(random.nextGaussian() * 1.5) * 200_000))
        .toArray();
  }

  /** When the last core ends, if each takes the next partition when it is free. */
  private static long makespan(List<Long> costs, int cores) {
    PriorityQueue<Long> free = new PriorityQueue<>(Collections.nCopies(cores, 0L));
    for (long cost : costs) {
      free.add(free.remove() + cost);
    }
    return Collections.max(free);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 100})
  void coresRunDryTogether(int cores) {
    Random random = new Random(cores);
    for (int run = 0; run < 200; run++) {
      long[] lengths = lengths(random);
      List<Long> costs = partitions(lengths, cores);
      long total = costs.stream().mapToLong(Long::longValue).sum();
      long largestObject = PartitionSizes.cost(1, LongStream.of(lengths).max().orElseThrow());
      long batches = 10 * PartitionSizes.OBJECT_COST;
      assertThat(total)
          .isEqualTo(PartitionSizes.cost(lengths.length, LongStream.of(lengths).sum()));
      assertThat(makespan(costs, cores))
          .isLessThanOrEqualTo(total / cores + batches + largestObject);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void noPartitionIsEmptyOrTooLarge(int cores) {
    Random random = new Random(cores);
    for (int run = 0; run < 200; run++) {
      long[] lengths = lengths(random);
      long largestObject = PartitionSizes.cost(1, LongStream.of(lengths).max().orElseThrow());
      assertThat(partitions(lengths, cores))
          .allMatch(cost -> cost > 0 && cost <= Math.max(LARGEST, largestObject));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void manyObjectsMakeFewPartitions(int cores) {
    List<Long> costs = partitions(new long[1_000_000], cores);
    assertThat(costs).hasSizeBetween(cores, 500 + 20 * cores);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void photographsAreCutBetweenWholeBatches(int cores) {
    long[] lengths = new Random(cores).longs(10_000, 50_000, 500_000).toArray();
    PartitionSizes sizes =
        new PartitionSizes(
            PartitionSizes.cost(lengths.length, LongStream.of(lengths).sum()), cores);
    List<Integer> counts = new ArrayList<>(List.of(0));
    for (long length : lengths) {
      if (sizes.startsPartition(length)) {
        counts.add(0);
      }
      counts.set(counts.size() - 1, counts.get(counts.size() - 1) + 1);
    }
    List<Integer> allButLast = counts.subList(0, counts.size() - 1);
    assertThat(allButLast).filteredOn(count -> count % LabelImages.DEFAULT_BATCH != 0).isEmpty();
  }
}
