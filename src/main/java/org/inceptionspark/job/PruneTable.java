package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PackedVersion;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.PersistedDataset;

/**
 * Removes the rows of images that no longer exist from a table: all versions, models and nights.
 * Only images below the inputs are considered. An image in a packed file exists as long as the file
 * does.
 *
 * <p>The table is read before the inputs are listed, so that an image added meanwhile is not taken
 * for gone. If the listing may be incomplete, nothing is removed.
 */
public final class PruneTable {
  /** The share of the images below the inputs that may be gone. */
  public static final double DEFAULT_MAX_SHARE = 0.1;

  private static final int EXAMPLES = 3;
  private static final String NAME = "name";
  private static final String[] IMAGE = {SourceImage.PATH};

  private final SparkSession spark;
  private String table;
  private List<String> inputs = List.of();
  private double maxShare = DEFAULT_MAX_SHARE;

  /**
   * The result.
   *
   * @param images that the table holds below the inputs
   * @param gone of these
   * @param examples the first few by path
   * @param rows that were removed; 0 for an estimate
   */
  public record Pruned(long images, long gone, List<String> examples, long rows) {}

  private PruneTable(SparkSession spark) {
    this.spark = spark;
  }

  public static PruneTable using(SparkSession session) {
    return new PruneTable(session);
  }

  /** The table: a directory or {@code table:NAME}. Required. */
  public PruneTable table(String name) {
    table = name;
    return this;
  }

  /** The inputs that the images were labelled from: directories or objects. Required. */
  public PruneTable inputs(List<String> uris) {
    inputs = List.copyOf(uris);
    return this;
  }

  /** If a larger share of the images is gone, from 0 to 1, the input is assumed to be wrong. */
  public PruneTable maxShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new ConfigurationException("max-share must be from 0 to 1, found " + share);
    }
    maxShare = share;
    return this;
  }

  /**
   * Removes them.
   *
   * @throws ConfigurationException if there is no table, an input does not exist, or too many are
   *     gone; then nothing is removed
   * @throws IOException if storage or Spark fails, or another run is writing to the table
   */
  public Pruned execute() throws IOException {
    return prune(this::removeFew);
  }

  /** Estimates what {@link #execute} would remove, however large the share. */
  public Pruned estimate() throws IOException {
    return prune((labels, gone, found) -> 0);
  }

  private interface Removal {
    long apply(LabelsTable labels, Dataset<Row> gone, Pruned found) throws IOException;
  }

  private Pruned prune(Removal removal) throws IOException {
    Objects.requireNonNull(table, "table");
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      LabelsTable labels = LabelsTables.of(spark, table);
      ListObjects listing =
          ListObjects.using(spark).inputs(inputs).hiddenNames(HiddenNames.Choice.READ);
      try (PersistedDataset held = PersistedDataset.of(held(labels, listing.roots()))) {
        long images = held.rows().count();
        if (images == 0) {
          throw new ConfigurationException("table " + table + " holds no image below " + inputs);
        }
        Dataset<Row> present = listing.execute().select(SourceImage.PATH);
        JavaRDD<String> gone =
            gone(held.rows(), present)
                .as(Encoders.STRING())
                .javaRDD()
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
          return remove(labels, images, detached(gone), listing, removal);
        } finally {
          gone.unpersist();
        }
      }
    }
  }

  /**
   * What a refresh of the table does not compute again: the input would be listed once more, and
   * what is then missing be removed unchecked.
   */
  private Dataset<Row> detached(JavaRDD<String> paths) {
    return spark.createDataset(paths.rdd(), Encoders.STRING()).toDF(SourceImage.PATH);
  }

  private Dataset<Row> held(LabelsTable labels, List<String> roots) throws IOException {
    Column below = roots.stream().map(PruneTable::below).reduce(Column::or).orElseThrow();
    return labels
        .held()
        .orElseThrow(() -> new ConfigurationException("table " + table + " has no rows"))
        .where(below)
        .select(SourceImage.PATH)
        .distinct();
  }

  private static Column below(String root) {
    Column path = col(SourceImage.PATH);
    return path.equalTo(root)
        .or(path.startsWith(root.endsWith("/") ? root : root + "/"))
        .or(path.startsWith(root + PackedVersion.SEPARATOR));
  }

  /** Images whose name, or that of the packed file that contains them, is not present. */
  private static Dataset<Row> gone(Dataset<Row> held, Dataset<Row> present) {
    Column names =
        expr(
            String.format(
                Locale.ROOT,
                "transform(sequence(1, size(split(path, '%1$s'))),"
                    + " n -> concat_ws('%1$s', slice(split(path, '%1$s'), 1, n)))",
                PackedVersion.SEPARATOR));
    Dataset<Row> found =
        held.select(col(SourceImage.PATH), explode(names).as(NAME))
            .join(
                present.withColumnRenamed(SourceImage.PATH, NAME), new String[] {NAME}, "left_semi")
            .select(SourceImage.PATH);
    return held.join(found, IMAGE, "left_anti");
  }

  private Pruned remove(
      LabelsTable labels, long images, Dataset<Row> gone, ListObjects listing, Removal removal)
      throws IOException {
    long count = gone.count();
    requireWhole(listing.passedOver());
    List<String> examples =
        gone.orderBy(SourceImage.PATH).limit(EXAMPLES).as(Encoders.STRING()).collectAsList();
    Pruned found = new Pruned(images, count, examples, 0);
    return new Pruned(images, count, examples, count == 0 ? 0 : removal.apply(labels, gone, found));
  }

  private long removeFew(LabelsTable labels, Dataset<Row> gone, Pruned found) throws IOException {
    if (found.gone() > maxShare * found.images()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "table %s: %,d of %,d images below %s are gone, such as %s: more than max-share %s"
                  + " allows; nothing was removed",
              table,
              found.gone(),
              found.images(),
              String.join(", ", inputs),
              found.examples().get(0),
              maxShare));
    }
    return labels.remove(gone);
  }

  private void requireWhole(PassedOver passedOver) throws RunException {
    for (Reason reason : List.of(Reason.NO_ACCESS, Reason.VANISHED)) {
      PassedOver.Names unseen = passedOver.names().get(reason);
      if (unseen != null) {
        throw new RunException(
            "table "
                + table
                + ": the input could not be listed completely, so what is gone is unknown: "
                + reason.inWords(unseen),
            null);
      }
    }
  }
}
