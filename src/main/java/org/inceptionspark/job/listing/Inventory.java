package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.url_decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.orc.UtcOrcFiles;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.storage.S3Names;

/**
 * The objects of a bucket from an S3 Inventory: CSV, ORC or Parquet with a {@code manifest.json}.
 * It includes sizes, times and etags, equal to those of a listing, so that what was listed
 * yesterday is recognised today.
 */
public final class Inventory implements ImageSource {
  private static final String OPTION = "inventory";
  private static final String ARN = "arn:[a-z-]+:s3:::";
  private static final List<String> NEEDED = List.of("key", "size", "last_modified_date", "e_tag");

  private static final Set<String> USED =
      Set.of("key", "size", "last_modified_date", "e_tag", "is_latest", "is_delete_marker");

  private final SparkSession spark;
  private final Dataset<Row> objects;
  private final NameFilter filter;
  private final PassedOverByUnit passedOver = new PassedOverByUnit();

  private Inventory(SparkSession spark, Dataset<Row> objects, NameFilter filter) {
    this.spark = spark;
    this.objects = objects;
    this.filter = filter;
  }

  /**
   * @param manifest URI of a {@code manifest.json}
   * @param listing the rules of a listing: its inputs are the prefixes to include, or none for the
   *     whole bucket
   * @throws ConfigurationException if it is not an inventory, or lacks columns
   */
  public static Inventory of(SparkSession spark, String manifest, ListObjects listing)
      throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Path path = new Path(S3Names.s3a(manifest, hadoop));
    JsonNode json = json(path, manifest, hadoop);
    String bucket = "s3a://" + json.path("sourceBucket").asText().replaceFirst("^" + ARN, "") + "/";
    List<String> files = new ArrayList<>();
    json.path("files").forEach(file -> files.add(file(path, json, file.path("key").asText())));
    Dataset<Row> rows = rows(spark, json, files, manifest);
    return new Inventory(spark, found(rows, bucket, manifest), listing.filter(bucket, hadoop));
  }

  private static JsonNode json(Path path, String manifest, Configuration hadoop)
      throws IOException {
    JsonNode json;
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      try (FSDataInputStream in = fileSystem.open(path)) {
        json = new ObjectMapper().readTree(in.readAllBytes());
      }
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(OPTION + " " + manifest + " does not exist", e);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw none(manifest, "it is not JSON");
    } catch (IOException e) {
      throw StorageFailure.about(OPTION + " " + manifest, e);
    }
    for (String field : List.of("sourceBucket", "fileFormat", "files")) {
      if (json == null || json.path(field).isMissingNode()) {
        throw none(manifest, "it has no " + field);
      }
    }
    return json;
  }

  private static ConfigurationException none(String manifest, String why) {
    return new ConfigurationException(
        OPTION + " " + manifest + " is not the manifest.json of an S3 Inventory: " + why);
  }

  /** In the bucket that the manifest names; for a copy elsewhere, beside the manifest. */
  private static String file(Path manifest, JsonNode json, String key) {
    if (manifest.toString().startsWith("s3a://")) {
      String destination = json.path("destinationBucket").asText().replaceFirst("^" + ARN, "");
      return "s3a://" + destination + "/" + key;
    }
    Path root = manifest.getParent().getParent();
    return new Path(root, "data/" + key.substring(key.lastIndexOf('/') + 1)).toString();
  }

  private static Dataset<Row> rows(
      SparkSession spark, JsonNode json, List<String> files, String manifest) {
    String format = json.path("fileFormat").asText().toLowerCase(Locale.ROOT);
    String[] paths = LiteralPaths.of(files.toArray(String[]::new));
    if (paths.length == 0) {
      throw none(manifest, "it names no files");
    }
    try {
      if (!format.equals("csv")) {
        Dataset<Row> rows = spark.read().format(format).load(paths);
        return format.equals("orc") ? UtcOrcFiles.rows(spark, files, used(rows.schema())) : rows;
      }
      String[] names =
          Arrays.stream(json.path("fileSchema").asText().split("\\s*,\\s*"))
              .map(Inventory::columnName)
              .toArray(String[]::new);
      Dataset<Row> rows = spark.read().option("escape", "\"").csv(paths).toDF(names);
      return rows.withColumn("key", url_decode(col("key")));
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException(
          OPTION + " " + manifest + ": " + StorageFailure.describe(e), e);
    }
  }

  private static StructType used(StructType schema) {
    StructType used = new StructType();
    for (StructField field : schema.fields()) {
      if (USED.contains(field.name().toLowerCase(Locale.ROOT))) {
        used = used.add(field);
      }
    }
    return used;
  }

  /** The name in ORC and Parquet: {@code LastModifiedDate} is {@code last_modified_date}. */
  private static String columnName(String title) {
    String name = title.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    return name.equals("etag") ? "e_tag" : name;
  }

  private static Dataset<Row> found(Dataset<Row> rows, String bucket, String manifest) {
    Map<String, String> columns = new TreeMap<>();
    for (String name : rows.columns()) {
      columns.put(name.toLowerCase(Locale.ROOT), name);
    }
    for (String name : NEEDED) {
      if (!columns.containsKey(name)) {
        throw new ConfigurationException(
            OPTION
                + " "
                + manifest
                + " has no "
                + name
                + ", but "
                + String.join(", ", columns.keySet())
                + ": configure it with size, last modified date and ETag");
      }
    }
    Column exists = lit(true);
    if (columns.containsKey("is_latest")) {
      exists = coalesce(col("is_latest").cast("boolean"), lit(true));
    }
    if (columns.containsKey("is_delete_marker")) {
      exists =
          exists.and(coalesce(col("is_delete_marker").cast("boolean").equalTo(false), lit(true)));
    }
    return rows.where(exists)
        .select(
            concat(lit(bucket), col("key")).as(SourceImage.PATH),
            coalesce(col("size").cast("bigint"), lit(0L)).as(SourceImage.LENGTH),
            unix_millis(col("last_modified_date").cast("timestamp")).as(SourceImage.MODIFIED),
            regexp_replace(col("e_tag"), "^\"|\"$", "").as(SourceImage.ETAG));
  }

  @Override
  public Dataset<Row> rows(Optional<Dataset<Row>> known) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!passedOver.isRegistered()) {
      context.sc().register(passedOver, "passed over in the inventory");
    }
    Dataset<Row> rows =
        objects
            .mapPartitions(new FilterObjects(filter, passedOver), Encoders.row(ListPartition.FOUND))
            .withColumn(SourceImage.MODIFIED, timestamp_millis(col(SourceImage.MODIFIED)));
    return new ListedObjects(rows, () -> PassedOver.NOTHING).rows(known);
  }

  @Override
  public PassedOver passedOver() {
    return passedOver.value();
  }
}
