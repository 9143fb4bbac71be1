package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.fit.Centres;
import org.inceptionspark.fit.KMeans;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.NewestRows;

/**
 * Groups images that look alike: k-means over embeddings of length 1, and a plane to draw them in.
 * Centres and plane come from a sample; then every image is assigned. The same table gives the same
 * clusters.
 */
public final class Cluster {
  private static final int HASHES = 1_000_000;
  private static final int ITERATIONS = 50;

  private final int k;
  private long seed = 1;
  private int sample = 10_000;
  private int shown = 12;
  private Optional<String> where = Optional.empty();
  private int points = 2_000;

  private Cluster(int k) {
    this.k = k;
  }

  /**
   * The result.
   *
   * @param images that were assigned
   * @param clusters largest first
   * @param points some images in the plane, for a map
   * @param shares of the variance that lie along the plane's axes
   * @param assigned columns path, cluster, distance, x, y for every image; persisted until released
   */
  public record Result(
      long images,
      List<Group> clusters,
      List<Point> points,
      double[] shares,
      Dataset<Row> assigned) {}

  /**
   * One cluster.
   *
   * @param number from 0
   * @param size number of images
   * @param labels the most frequent best labels and their counts
   * @param nearest the images nearest to its centre, nearest first
   * @param apart where another cluster has the same most frequent label: classes that the images of
   *     this one look more like than the others
   */
  public record Group(
      int number, long size, List<LabelCount> labels, List<Member> nearest, List<String> apart) {}

  /** A label and the number of images whose best label it is. */
  public record LabelCount(String label, long images) {}

  /** An image and its distance from the centre. */
  public record Member(String path, double distance) {}

  /** An image in the plane. */
  public record Point(String path, int cluster, double x, double y) {}

  /** So many clusters. */
  public static Cluster into(int k) {
    if (k < 2) {
      throw new ConfigurationException("k must be at least 2, found " + k);
    }
    return new Cluster(k);
  }

  /** Chooses the images to start from. */
  public Cluster seed(long number) {
    seed = number;
    return this;
  }

  /** Approximate number of images that centres and plane are computed from; by default 10,000. */
  public Cluster sample(int images) {
    if (images < k) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "a sample of %d images has no %d clusters", images, k));
    }
    sample = images;
    return this;
  }

  /** Number of images to list for each cluster; by default 12. */
  public Cluster shown(int images) {
    shown = images;
    return this;
  }

  /**
   * Only images for whose newest row this holds; parts on nights alone select the nights.
   *
   * @param condition in SQL, on the columns of the table
   */
  public Cluster where(Optional<String> condition) {
    where = condition;
    return this;
  }

  /**
   * Computes.
   *
   * @param labels rows of one model
   * @throws ConfigurationException if there are fewer images than clusters
   */
  public Result execute(Dataset<Row> labels) {
    Dataset<Row> table = NewestRows.where(labels, where);
    Dataset<Row> unit = UnitEmbeddings.of(table);
    long images = table.where("prelogits is not null").count();
    if (images < k) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "%d images with an embedding make no %d clusters", images, k));
    }
    Dataset<Row> drawn = sampled(unit, images).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      PrincipalAxes axes =
          PrincipalAxes.of(Embeddings.moments(drawn.withColumn("group", lit(0)), 1).get(0));
      AssignClusters assign = new AssignClusters(centres(drawn), axes);
      Dataset<Row> assigned = unit.mapPartitions(assign, Encoders.row(AssignClusters.SCHEMA));
      return described(images, axes, assigned, table);
    } finally {
      drawn.unpersist();
    }
  }

  /** By a hash of the path. */
  private Dataset<Row> sampled(Dataset<Row> rows, long images) {
    long share = Math.max(1, Math.min(HASHES, (long) Math.ceil((double) HASHES * sample / images)));
    return rows.where(pmod(xxhash64(col("path")), lit(HASHES)).lt(share));
  }

  private Centres centres(Dataset<Row> drawn) {
    return new KMeans(k, ITERATIONS, seed)
        .fit(drawn.select(col("path"), col("prelogits").as("vector")));
  }

  private Result described(
      long images, PrincipalAxes axes, Dataset<Row> assigned, Dataset<Row> table) {
    Dataset<Row> first = assigned.persist(StorageLevel.MEMORY_AND_DISK());
    Map<Integer, Integer> numbers = numbers(first);
    Dataset<Row> renumbered =
        first.withColumn("cluster", renumbered(numbers)).persist(StorageLevel.MEMORY_AND_DISK());
    List<Group> groups = named(groups(renumbered, numbers.size()), renumbered, table, images);
    first.unpersist();
    return new Result(images, groups, points(renumbered, images), axes.shares(), renumbered);
  }

  /** The largest cluster is number 0. */
  private static Map<Integer, Integer> numbers(Dataset<Row> assigned) {
    List<Row> sizes = new ArrayList<>(assigned.groupBy("cluster").count().collectAsList());
    sizes.sort(
        Comparator.comparingLong((Row row) -> -row.getLong(1)).thenComparing(row -> row.getInt(0)));
    Map<Integer, Integer> numbers = new HashMap<>();
    sizes.forEach(row -> numbers.put(row.getInt(0), numbers.size()));
    return numbers;
  }

  private org.apache.spark.sql.Column renumbered(Map<Integer, Integer> numbers) {
    Integer[] byOld = new Integer[k];
    Arrays.setAll(byOld, old -> numbers.getOrDefault(old, -1));
    return org.apache.spark.sql.functions.element_at(lit(byOld), col("cluster").plus(1));
  }

  private List<Group> groups(Dataset<Row> assigned, int count) {
    List<List<LabelCount>> labels = lists(count);
    assigned.where("label is not null").groupBy("cluster", "label").count().collectAsList().stream()
        .sorted(
            Comparator.comparingLong((Row row) -> -row.getLong(2))
                .thenComparing(row -> row.getString(1)))
        .filter(row -> labels.get(row.getInt(0)).size() < 3)
        .forEach(
            row -> labels.get(row.getInt(0)).add(new LabelCount(row.getString(1), row.getLong(2))));
    List<List<Member>> members = lists(count);
    assigned
        .withColumn(
            "nearness",
            row_number().over(Window.partitionBy("cluster").orderBy("distance", "path")))
        .where(col("nearness").leq(shown))
        .orderBy("cluster", "nearness")
        .select("cluster", "path", "distance")
        .collectAsList()
        .forEach(
            row -> members.get(row.getInt(0)).add(new Member(row.getString(1), row.getDouble(2))));
    List<Group> groups = new ArrayList<>();
    for (Row row : assigned.groupBy("cluster").count().orderBy("cluster").collectAsList()) {
      int number = row.getInt(0);
      groups.add(
          new Group(number, row.getLong(1), labels.get(number), members.get(number), List.of()));
    }
    return groups;
  }

  /** Adds what distinguishes clusters that share their most frequent label with another. */
  private List<Group> named(
      List<Group> groups, Dataset<Row> assigned, Dataset<Row> table, long images) {
    Map<String, Long> leading =
        groups.stream()
            .filter(group -> !group.labels().isEmpty())
            .collect(Collectors.groupingBy(Cluster::leading, Collectors.counting()));
    boolean known = List.of(table.columns()).containsAll(List.of("logits", "top"));
    if (!known || leading.values().stream().allMatch(count -> count == 1)) {
      return groups;
    }
    Map<Integer, List<String>> traits =
        ClusterTraits.of(
            sampled(table, images)
                .select("path", "logits", "top")
                .join(assigned.select("path", "cluster"), "path"));
    return groups.stream()
        .map(
            group ->
                !group.labels().isEmpty() && leading.get(leading(group)) > 1
                    ? new Group(
                        group.number(),
                        group.size(),
                        group.labels(),
                        group.nearest(),
                        traits.getOrDefault(group.number(), List.of()))
                    : group)
        .toList();
  }

  private static String leading(Group group) {
    return group.labels().get(0).label();
  }

  private static <T> List<List<T>> lists(int count) {
    List<List<T>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private List<Point> points(Dataset<Row> assigned, long images) {
    long share = Math.max(1, Math.min(HASHES, (long) Math.ceil((double) HASHES * points / images)));
    return assigned
        .where(pmod(xxhash64(col("path")), lit(HASHES)).lt(share))
        .orderBy("path")
        .select("path", "cluster", "x", "y")
        .collectAsList()
        .stream()
        .map(row -> new Point(row.getString(0), row.getInt(1), row.getDouble(2), row.getDouble(3)))
        .toList();
  }
}
