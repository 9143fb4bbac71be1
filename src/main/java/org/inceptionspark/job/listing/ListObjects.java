package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_millis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
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
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.transfer.Transfer;

/**
 * Lists objects, recursively, as a DataFrame of {@code path}, {@code length}, {@code modified} and
 * {@code etag}. The work is done in tasks, one directory or tree each, and nothing is collected, so
 * a million objects weigh nothing on the driver. Hidden names ({@code _} and {@code .}) are passed
 * over as Spark does.
 */
public final class ListObjects {
  private static final int UNITS_PER_CORE = 4;

  private final SparkSession spark;
  private List<String> inputs = List.of();
  private String glob = "*";

  private ListObjects(SparkSession spark) {
    this.spark = spark;
  }

  public static ListObjects using(SparkSession session) {
    return new ListObjects(session);
  }

  /** Directories or objects, as Hadoop URIs. They are taken as they are, not as patterns. */
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
   * Looks at the roots at once, lists when an action asks. An object below several inputs comes
   * once.
   *
   * @throws ConfigurationException if an input does not exist
   * @throws IOException if storage refuses to look at an input
   */
  public Dataset<Row> execute() throws IOException {
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return list();
    }
  }

  private Dataset<Row> list() throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Configuration configuration = spark.sessionState().newHadoopConf();
    int wanted = UNITS_PER_CORE * spark.sparkContext().defaultParallelism();
    ListingUnits divider = new ListingUnits(configuration, wanted);
    List<ListingUnit> units = new ArrayList<>();
    for (String input : inputs) {
      units.addAll(units(divider, input));
    }
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(configuration));
    JavaRDD<Row> rows =
        Transfer.toTasks(context, units, Math.max(1, units.size()))
            .flatMap(new ListPartition(hadoop, glob));
    Dataset<Row> listed = listed(rows);
    return inputs.size() > 1 ? listed.dropDuplicates(SourceImage.PATH) : listed;
  }

  /** Times as Spark's functions make them: what a row may hold depends on the session. */
  private Dataset<Row> listed(JavaRDD<Row> rows) {
    return spark
        .createDataset(rows.rdd(), Encoders.row(ListPartition.FOUND))
        .withColumn(SourceImage.MODIFIED, timestamp_millis(col(SourceImage.MODIFIED)));
  }

  private static List<ListingUnit> units(ListingUnits divider, String input) throws IOException {
    try {
      return divider.of(input);
    } catch (IOException e) {
      throw StorageFailure.about("input " + input, e);
    }
  }
}
