package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_millis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.S3Names;

/**
 * The objects in a list: CSV, JSON, text, Parquet or any other table with a column of URIs. Tasks
 * look each one up by name, since its version must be known; a missing one is an image that cannot
 * be read.
 */
public final class InputList implements ImageSource {
  private static final int TASKS_PER_CORE = 4;
  private static final String OPTION = "input-list";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String URI = "uri";

  private final SparkSession spark;
  private final Dataset<Row> uris;
  private final String base;
  private final PassedOverByUnit passedOver = new PassedOverByUnit();

  private InputList(SparkSession spark, Dataset<Row> uris, String base) {
    this.spark = spark;
    this.uris = uris;
    this.base = base;
  }

  /**
   * @param list URI, or the name of a table
   * @param column with the URIs; not needed for a list with a single column
   * @param base what relative URIs are relative to; by default the list's directory
   * @throws ConfigurationException if the list or column does not exist
   */
  public static InputList of(
      SparkSession spark, String list, Optional<String> column, Optional<String> base)
      throws IOException {
    TableFile table = TableFile.of(spark, list, OPTION);
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Path root = new Path(S3Names.s3a(base.or(table::directory).orElse("."), hadoop));
    String qualified = root.getFileSystem(hadoop).makeQualified(root).toString();
    return new InputList(spark, uris(table, list, column), qualified);
  }

  private static Dataset<Row> uris(TableFile file, String list, Optional<String> column) {
    Dataset<Row> table = file.rows();
    List<String> names = Arrays.asList(table.columns());
    String wanted = column.orElse(SourceImage.PATH);
    for (String name : names) {
      if (name.replace(BYTE_ORDER_MARK, "").strip().equalsIgnoreCase(wanted)) {
        return table.select(quoted(name).cast("string").as(URI));
      }
    }
    boolean given = column.isPresent() && names.size() > 0 && !names.equals(List.of("value"));
    if (!given && names.equals(List.of("value"))) {
      return table.select(quoted("value").as(URI));
    }
    if (column.filter(path -> path.contains(".")).isPresent()) {
      return nested(table, wanted, list, names);
    }
    if (!given && names.size() == 1 && !isLine(names.get(0), wanted)) {
      Dataset<Row> only = table.select(quoted(names.get(0)).cast("string").as(URI));
      return file.lines().filter(lines -> !isHeader(names.get(0), only)).orElse(only);
    }
    throw missing(list, wanted, names);
  }

  /** Whether a name is a header of several columns with another separator. */
  private static boolean isLine(String name, String wanted) {
    return Stream.of(name.split("[;\t|]")).anyMatch(part -> part.strip().equalsIgnoreCase(wanted));
  }

  /**
   * Whether the first line of a list with one column names it, which only what follows can tell.
   * Lists that Spark writes have none, in any of their files.
   */
  private static boolean isHeader(String first, Dataset<Row> others) {
    List<Row> second = others.where(col(URI).isNotNull()).takeAsList(1);
    return !isPath(first) && !second.isEmpty() && isPath(second.get(0).getString(0));
  }

  private static boolean isPath(String text) {
    return text.matches("(?s).*[/.].*");
  }

  private static Dataset<Row> nested(
      Dataset<Row> table, String column, String list, List<String> names) {
    try {
      return table.select(col(column).cast("string").as(URI));
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw missing(list, column, names);
    }
  }

  private static ConfigurationException missing(String list, String column, List<String> names) {
    return new ConfigurationException(
        "input-list "
            + list
            + " has no column "
            + column
            + ", but "
            + (names.isEmpty() ? "none at all" : String.join(", ", names))
            + ": name the one with the URIs with --path-column");
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  @Override
  public Dataset<Row> rows(Optional<Dataset<Row>> known) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!passedOver.isRegistered()) {
      context.sc().register(passedOver, "passed over in the list");
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    int tasks = TASKS_PER_CORE * context.defaultParallelism();
    return uris.mapPartitions(
            new ResolveUris(base, context.broadcast(hadoop), passedOver), Encoders.STRING())
        .distinct()
        .repartition(tasks)
        .mapPartitions(
            new LookUpObjects(context.broadcast(hadoop)), Encoders.row(LookUpObjects.FOUND))
        .withColumn(SourceImage.MODIFIED, timestamp_millis(col(SourceImage.MODIFIED)));
  }

  @Override
  public PassedOver passedOver() {
    return passedOver.value();
  }
}
