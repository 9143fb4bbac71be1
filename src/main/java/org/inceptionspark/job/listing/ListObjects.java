package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_millis;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.keys.BucketRanges;
import org.inceptionspark.job.keys.KeyPrefix;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.storage.S3Names;
import org.inceptionspark.job.transfer.Transfer;

/**
 * Lists objects, recursively, as a DataFrame of {@code path}, {@code length}, {@code modified} and
 * {@code etag}. Tasks do the work, for some directories, trees or ranges of keys each, and nothing
 * is collected, so a million objects take no memory on the driver. One object is one row, no path
 * comes twice, and what is passed over is counted ({@link #passedOver}).
 */
public final class ListObjects {
  private static final int UNITS_PER_CORE = 4;
  private static final int RANGES_PER_CORE = 8;

  /** One task for each of thousands of directories would cost more than listing them. */
  private static final int TASKS_PER_CORE = 16;

  private final SparkSession spark;
  private final PassedOverByUnit passedOver = new PassedOverByUnit();
  private List<String> inputs = List.of();
  private List<String> output = List.of();
  private Set<String> objects = Set.of();
  private String glob = "*";
  private HiddenNames.Choice hidden = HiddenNames.Choice.SKIP;

  /** An input and its lister. */
  private record Root(ListingUnit unit, Lister lister) {}

  private ListObjects(SparkSession spark) {
    this.spark = spark;
  }

  public static ListObjects using(SparkSession session) {
    return new ListObjects(session);
  }

  /** Directories or objects, as Hadoop URIs. They are not patterns. */
  public ListObjects inputs(List<String> uris) {
    inputs = List.copyOf(uris);
    return this;
  }

  /** Keeps objects whose name (the last part of the path) matches this Hadoop glob. */
  public ListObjects glob(String pattern) {
    glob = pattern;
    return this;
  }

  /**
   * What to do with names that begin with {@code _} or {@code .}; by default they are passed over.
   */
  public ListObjects hiddenNames(HiddenNames.Choice choice) {
    hidden = choice;
    return this;
  }

  /** What the run itself writes, such as its table: it is passed over if it is below an input. */
  public ListObjects output(List<String> uris) {
    output = List.copyOf(uris);
    return this;
  }

  /**
   * Checks the roots at once, and lists lazily. An object below several inputs comes once.
   *
   * @throws ConfigurationException if an input does not exist
   * @throws IOException if storage refuses to look at an input
   */
  public Dataset<Row> execute() throws IOException {
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return list(spark.sessionState().newHadoopConf());
    }
  }

  /** What the listing has left out; valid once all of its rows have been read. */
  public PassedOver passedOver() {
    return passedOver.value();
  }

  /** Paths of the inputs that are objects themselves; valid after the listing. */
  public Set<String> objects() {
    return objects;
  }

  /**
   * The inputs in the form with which the paths below them begin.
   *
   * @throws ConfigurationException if one does not exist
   * @throws IOException if storage refuses to look at one
   */
  public List<String> roots() throws IOException {
    return roots(spark.sessionState().newHadoopConf()).stream()
        .map(root -> root.unit().path())
        .toList();
  }

  private List<Root> roots(Configuration configuration) throws IOException {
    List<Root> roots = new ArrayList<>();
    for (String input : inputs) {
      roots.add(root(input, configuration));
    }
    return roots;
  }

  private Dataset<Row> list(Configuration configuration) throws IOException {
    List<Root> roots = roots(configuration);
    objects =
        roots.stream()
            .map(Root::unit)
            .filter(unit -> unit.extent() == Extent.OBJECT)
            .map(ListingUnit::path)
            .collect(Collectors.toUnmodifiableSet());
    NameFilter filter = filter(roots, configuration);
    List<ListingUnit> units = new ArrayList<>();
    for (Root root : roots) {
      units.addAll(units(root, filter, configuration));
    }
    Dataset<Row> listed = listed(units, filter, configuration);
    boolean apart = roots.stream().allMatch(root -> root.lister().tellsApart());
    return inputs.size() > 1 || !apart ? listed.dropDuplicates(SourceImage.PATH) : listed;
  }

  private Dataset<Row> listed(
      List<ListingUnit> units, NameFilter filter, Configuration configuration) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!passedOver.isRegistered()) {
      context.sc().register(passedOver, "passed over");
    }
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(configuration));
    int most = TASKS_PER_CORE * spark.sparkContext().defaultParallelism();
    ListPartition lister = new ListPartition(hadoop, filter, passedOver);
    Map<Boolean, List<ListingUnit>> byLarge =
        units.stream()
            .collect(Collectors.partitioningBy(unit -> unit.extent() == Extent.LARGE_TREE));
    List<ListingUnit> whole = byLarge.get(false);
    JavaRDD<Row> rows =
        Transfer.toTasks(context, whole, Math.max(1, Math.min(whole.size(), most))).flatMap(lister);
    Dataset<Row> listed = spark.createDataset(rows.rdd(), Encoders.row(ListPartition.FOUND));
    if (!byLarge.get(true).isEmpty()) {
      listed = listed.union(LargeTrees.list(spark, byLarge.get(true), lister, most));
    }
    // Times made by Spark's functions: the class of a row's value depends on the session.
    return listed.withColumn(SourceImage.MODIFIED, timestamp_millis(col(SourceImage.MODIFIED)));
  }

  private static Root root(String input, Configuration configuration) throws IOException {
    try {
      Lister lister = Lister.of(input, configuration);
      return new Root(lister.root(input), lister);
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("input " + input + " does not exist" + hint(input), e);
    } catch (IOException e) {
      throw StorageFailure.about("input " + input, e);
    }
  }

  /** A shell expands patterns only for files of this machine. */
  private static String hint(String input) {
    String name = new Path(input).getName();
    return name.matches(".*[*?\\[{].*")
        ? "; a path is taken as it is: give its directory, and --glob '" + name + "'"
        : "";
  }

  private List<ListingUnit> units(Root root, NameFilter filter, Configuration configuration)
      throws IOException {
    int cores = spark.sparkContext().defaultParallelism();
    try {
      Optional<List<ListingUnit>> ranges = ranges(root, filter, configuration, cores);
      return ranges.isPresent()
          ? ranges.get()
          : new ListingUnits(root.lister(), filter, UNITS_PER_CORE * cores).of(root.unit());
    } catch (IOException e) {
      throw StorageFailure.about("input " + root.unit().path(), e);
    }
  }

  private Optional<List<ListingUnit>> ranges(
      Root root, NameFilter filter, Configuration configuration, int cores) throws IOException {
    if (root.unit().extent() == Extent.OBJECT) {
      return Optional.empty();
    }
    Optional<KeyPrefix> keys = root.lister().keys(root.unit(), filter);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    return new BucketRanges(context, configuration, keys.get(), RANGES_PER_CORE * cores)
        .cut()
        .map(ranges -> ranges.stream().map(range -> root.unit().with(range)).toList());
  }

  /**
   * Applies the rules of this listing to objects listed elsewhere.
   *
   * @param all the tree that must contain the inputs; used if there are none
   * @throws ConfigurationException if one is elsewhere
   */
  NameFilter filter(String all, Configuration configuration) throws IOException {
    List<String> prefixes = new ArrayList<>();
    for (String input : inputs) {
      String prefix = S3Names.s3a(input, configuration);
      if (!(prefix + "/").startsWith(all)) {
        throw new ConfigurationException("input " + input + " is not in " + all);
      }
      prefixes.add(prefix);
    }
    return new NameFilter(
        glob, hidden, own(configuration), prefixes.isEmpty() ? List.of(all) : prefixes);
  }

  private NameFilter filter(List<Root> roots, Configuration configuration) throws IOException {
    return new NameFilter(
        glob, hidden, own(configuration), roots.stream().map(root -> root.unit().path()).toList());
  }

  private List<String> own(Configuration configuration) throws IOException {
    List<String> own = new ArrayList<>();
    for (String uri : output) {
      Path path = new Path(uri);
      own.add(path.getFileSystem(configuration).makeQualified(path).toString());
    }
    return own;
  }
}
