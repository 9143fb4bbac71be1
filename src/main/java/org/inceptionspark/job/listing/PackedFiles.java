package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring_index;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The objects of another source, with packed files replaced by their members. A file with a
 * matching name is scanned once per version: if all of its rows are known, they are taken from
 * there. Tasks scan the others, each from start to end.
 *
 * <p>The number of rows in a version does not count hidden members that were skipped. So when
 * hidden members are read, a file of which none is known is scanned again: the table cannot tell
 * whether it has any.
 */
public final class PackedFiles implements ImageSource {
  private static final int TASKS_PER_CORE = 4;
  private static final String FILE = "packed_file";
  private static final String ROWS = "packed_rows";
  private static final String HIDDEN = "packed_hidden";

  private final SparkSession spark;
  private final ImageSource objects;
  private final PackedNames names;
  private final PassedOverByUnit passedOver = new PassedOverByUnit();
  private Dataset<Row> listed;

  private PackedFiles(SparkSession spark, ImageSource objects, PackedNames names) {
    this.spark = spark;
    this.objects = objects;
    this.names = names;
  }

  /** Opens the packed files of a source. */
  public static PackedFiles in(SparkSession spark, ImageSource objects, PackedNames names) {
    return new PackedFiles(spark, objects, names);
  }

  @Override
  public Dataset<Row> rows(Optional<Dataset<Row>> known) throws IOException {
    listed = objects.rows(known).persist(StorageLevel.MEMORY_AND_DISK());
    Column packed = names.column(col(SourceImage.PATH)).and(col(SourceImage.FAULT).isNull());
    if (listed.where(packed).isEmpty()) {
      return names.takesAll() ? listed : listed.where(fits());
    }
    Dataset<Row> files = listed.where(packed);
    Optional<Dataset<Row>> members = known.map(rows -> complete(rows, files));
    Dataset<Row> unknown =
        members
            .map(rows -> files.join(rows.select(FILE).distinct(), isOf(), "left_anti"))
            .orElse(files);
    Dataset<Row> all = listed.where(not(packed)).where(fits()).union(members(unknown));
    return members.map(rows -> all.union(asListed(rows))).orElse(all);
  }

  /** A name that does not match is listed only because it may be a packed file's. */
  private Column fits() {
    return names.fits(col(SourceImage.PATH)).or(col(SourceImage.FAULT).isNotNull());
  }

  private static Column isOf() {
    return col(SourceImage.PATH).equalTo(col(FILE));
  }

  /** The known rows of packed files all of whose rows are known. */
  private Dataset<Row> complete(Dataset<Row> known, Dataset<Row> files) {
    Dataset<Row> rows =
        known
            .where(col(SourceImage.ETAG).rlike("#[0-9]+/[0-9]+$"))
            .withColumn(FILE, substring_index(col(SourceImage.PATH), PackedVersion.SEPARATOR, 1));
    Column version =
        concat(
            coalesce(col("f." + SourceImage.ETAG), lit("")),
            lit("#"),
            col("f." + SourceImage.LENGTH),
            lit("/"));
    Dataset<Row> whole =
        rows.groupBy(FILE, SourceImage.MODIFIED, SourceImage.ETAG)
            .agg(countDistinct(SourceImage.PATH).as(ROWS), max(hidden()).as(HIDDEN))
            .where(names.readsHidden() ? col(HIDDEN) : lit(true))
            .as("r")
            .join(
                files.as("f"),
                col("r." + FILE)
                    .equalTo(col("f." + SourceImage.PATH))
                    .and(col("r.modified").equalTo(col("f.modified")))
                    .and(col("r.etag").equalTo(concat(version, col("r." + ROWS)))),
                "left_semi");
    return rows.join(
        whole.drop(ROWS, HIDDEN),
        new String[] {FILE, SourceImage.MODIFIED, SourceImage.ETAG},
        "left_semi");
  }

  /** Whether a known row is of a member that is skipped unless hidden ones are read. */
  private static Column hidden() {
    return PackedNames.isHidden(
        expr(
            "substr(path, length(" + FILE + ") + " + (PackedVersion.SEPARATOR.length() + 1) + ")"));
  }

  private static Dataset<Row> asListed(Dataset<Row> members) {
    Column none = lit(null).cast("string");
    return members
        .select(
            col(SourceImage.PATH),
            col(SourceImage.LENGTH),
            col(SourceImage.MODIFIED),
            col(SourceImage.ETAG),
            none.as(SourceImage.RANGE),
            none.as(SourceImage.FAULT))
        .distinct();
  }

  private Dataset<Row> members(Dataset<Row> files) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!passedOver.isRegistered()) {
      context.sc().register(passedOver, "passed over in packed files");
    }
    ListMembers listing =
        new ListMembers(
            context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())),
            names,
            passedOver);
    return files
        .repartition(TASKS_PER_CORE * context.defaultParallelism(), col(SourceImage.PATH))
        .flatMap(listing, Encoders.row(SourceImage.LISTED));
  }

  @Override
  public Dataset<Row> withBytes(Dataset<Row> rows) {
    return objects.withBytes(rows);
  }

  @Override
  public PassedOver passedOver() {
    return objects.passedOver().and(passedOver.value());
  }

  @Override
  public void close() {
    if (listed != null) {
      listed.unpersist();
    }
    objects.close();
  }
}
