package org.inceptionspark.job.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.keys.BucketRanges;
import org.inceptionspark.job.keys.KeyPrefix;
import org.inceptionspark.job.keys.KeyRange;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.s3.AnyKeysS3;
import org.inceptionspark.s3.SyntheticKeysS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a bucket's keys are distributed, tasks get ranges that cover all of them. */
@Tag("slow")
class ListingRangesTest {
  private static final int WANTED = 64;

  /** Many keys, in order. */
  enum Shape {
    FLAT(200_000, i -> format("in/img-%012d.jpg", i)),
    HEX_DIRECTORIES(65_536 * 4, i -> format("in/%04x/img-%d.jpg", i / 4, i % 4)),
    DATES(
        300_000,
        i -> format("in/2026/%02d/%02d/cam/%08d.jpg", i / 25_000 + 1, i % 25_000 / 900 + 1, i)),
    ONE_LARGE_DIRECTORY(
        300_000,
        i ->
            i < 5_000
                ? format("in/a%05d/x.jpg", i)
                : i < 290_000 ? format("in/b/%09d", i) : format("in/c%05d/x.jpg", i - 290_000)),
    LONG_NAMES(100_000, i -> "in/" + "long/".repeat(100) + format("%020d", i)),
    SLASHES(100_000, i -> "in//" + format("%05d//%d", i / 10, i % 10));

    private final long size;
    private final LongFunction<String> keys;

    Shape(long size, LongFunction<String> keys) {
      this.size = size;
      this.keys = keys;
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String bucket(Object name, Map<String, String> options, int page) {
    String bucket = "ranges-" + name.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    LocalSpark.configureBucket(bucket, options);
    LocalSpark.configureBucket(bucket, Map.of("fs.s3a.paging.maximum", Integer.toString(page)));
    return bucket;
  }

  @ParameterizedTest
  @EnumSource
  void rangesAreWhereTheKeysAre(Shape shape) throws Exception {
    try (SyntheticKeysS3 store = SyntheticKeysS3.start(shape.size, shape.keys)) {
      String input = "s3a://" + bucket(shape, store.s3aOptions(), 100) + "/in";
      JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
      Configuration hadoop = LocalSpark.session().sessionState().newHadoopConf();
      Lister lister = Lister.of(input, hadoop);
      ListingUnit tree = lister.root(input);
      NameFilter filter =
          new NameFilter("*", HiddenNames.Choice.SKIP, List.of(), List.of(tree.path()));
      long before = store.requests();
      KeyPrefix keys = lister.keys(tree, filter).orElseThrow();
      List<KeyRange> ranges = new BucketRanges(context, hadoop, keys, WANTED).cut().orElseThrow();
      long requests = store.requests() - before;
      List<Long> counts = new ArrayList<>();
      String upTo = "";
      for (KeyRange range : ranges) {
        assertThat(range.after()).isEqualTo(upTo);
        upTo = range.upTo();
        counts.add((upTo == null ? shape.size : store.rank(upTo)) - store.rank(range.after()));
      }
      assertThat(upTo).isNull();
      long most = counts.stream().mapToLong(Long::longValue).max().orElseThrow();
      assertThat(ranges).hasSizeLessThan(8 * WANTED);
      assertThat(most).as("keys of a task").isLessThan(8 * shape.size / WANTED);
      assertThat(requests).isLessThan(60 * WANTED);
    }
  }

  /**
   * Words that hidden, odd and astronomical keys are made of; the last two sort the other way round
   * in UTF-8.
   */
  private static final List<String> PARTS =
      List.of(
          "/",
          "//",
          "a",
          "b",
          "0",
          "1",
          "9",
          "_",
          ".",
          " ",
          "\u0001",
          "\u00e9",
          "%",
          "+",
          "/_x/",
          "\uD83D\uDE00",
          "\uFF21");

  private static TreeSet<String> keys(Random random) {
    int words = 4 + random.nextInt(PARTS.size() - 3);
    int depth = 2 + random.nextInt(9);
    TreeSet<String> keys = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      StringBuilder key = new StringBuilder("in/");
      for (int j = random.nextInt(depth); j >= 0; j--) {
        key.append(PARTS.get(PARTS.size() - 1 - random.nextInt(words)));
      }
      keys.add(key.append("x").toString());
    }
    return keys;
  }

  /** Bytes of UTF-8, as AWS, or characters, as stores that are written in Java. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void eachKeyIsInOneRange(long seed) throws Exception {
    TreeSet<String> keys = keys(new Random(seed));
    try (AnyKeysS3 store =
        seed % 2 == 0 ? AnyKeysS3.start() : AnyKeysS3.start(Comparator.naturalOrder())) {
      keys.forEach(key -> store.put(key, new byte[1]));
      store.put("in", new byte[1]);
      store.put("in0", new byte[1]);
      String bucket = bucket(seed, store.s3aOptions(), 3);
      for (HiddenNames.Choice hidden : List.of(HiddenNames.Choice.READ, HiddenNames.Choice.SKIP)) {
        ListObjects listing =
            ListObjects.using(LocalSpark.session())
                .inputs(List.of("s3a://" + bucket + "/in/"))
                .hiddenNames(hidden);
        Dataset<Row> listed = listing.execute();
        assertThat(listed.rdd().getNumPartitions()).isGreaterThan(4);
        List<String> found =
            listed.collectAsList().stream()
                .map(row -> row.getString(0).substring(("s3a://" + bucket + "/").length()))
                .toList();
        NameFilter names = new NameFilter("*", hidden, List.of(), List.of());
        NameFilter.OfUnit inOneGo =
            names.in(new ListingUnit("s3a://" + bucket + "/in/", ListingUnit.Extent.TREE));
        List<String> taken =
            keys.stream().filter(key -> inOneGo.takes("s3a://" + bucket + "/" + key)).toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(taken);
        assertThat(listing.passedOver()).isEqualTo(inOneGo.passedOver());
      }
    }
  }

  @Test
  void aStoreWithoutOrderIsListedByDirectories() throws Exception {
    Random random = new Random(1);
    Map<String, Integer> shuffled = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      shuffled.put("in/" + i % 7 + "/" + i, random.nextInt());
    }
    Comparator<String> none =
        Comparator.comparing((String key) -> shuffled.getOrDefault(key, 0))
            .thenComparing(Comparator.naturalOrder());
    try (AnyKeysS3 store = AnyKeysS3.start(none)) {
      shuffled.keySet().forEach(key -> store.put(key, new byte[1]));
      String input = "s3a://" + bucket("shuffled", store.s3aOptions(), 10) + "/in/";
      List<Row> rows =
          ListObjects.using(LocalSpark.session()).inputs(List.of(input)).execute().collectAsList();
      assertThat(rows.stream().map(row -> row.getString(0).replace(input, "in/")))
          .containsExactlyInAnyOrderElementsOf(shuffled.keySet());
      assertThat(rows).hasSize(300);
    }
  }
}
