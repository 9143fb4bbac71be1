package org.inceptionspark.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;

/** One session with two cores for all tests of a JVM; it ends with the JVM. */
public final class LocalSpark {
  private LocalSpark() {}

  /** The session, started when first asked for. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  /**
   * Makes s3a use these options for one bucket. Hadoop keeps clients by bucket: a test with other
   * options takes a bucket of another name.
   */
  public static void configureBucket(String bucket, Map<String, String> options) {
    options.forEach(
        (key, value) ->
            session()
                .sparkContext()
                .hadoopConfiguration()
                .set(key.replaceFirst("^fs\\.s3a\\.", "fs.s3a.bucket." + bucket + "."), value));
  }

  /** A time as rows of this session hold it. */
  public static Object time(Instant time) {
    return hasJavaTimes() ? time : Timestamp.from(time);
  }

  /** A date as rows of this session hold it. */
  public static Object date(String date) {
    return hasJavaTimes() ? LocalDate.parse(date) : Date.valueOf(date);
  }

  private static boolean hasJavaTimes() {
    return Boolean.parseBoolean(session().conf().get("spark.sql.datetime.java8API.enabled"));
  }

  private static final class Holder {
    static final SparkSession SESSION = start();

    private static SparkSession start() {
      SparkConf conf =
          JobDefaults.applyTo(Sites.configured())
              .setMaster("local[2]")
              .setAppName("tests")
              .set("spark.ui.enabled", "false")
              .setIfMissing("spark.sql.shuffle.partitions", "2")
              // Thousands of small queries: compiling code for each takes most of the time.
              .setIfMissing("spark.sql.codegen.wholeStage", "false")
              .setIfMissing("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .set("spark.sql.extensions", "org.inceptionspark.search.InceptionSparkExtensions")
              .set("spark.delta.logStore.mortal.impl", "io.delta.storage.LocalLogStore")
              .set("spark.sql.warehouse.dir", temporary("warehouse").toUri().toString());
      return SparkSession.builder().config(conf).getOrCreate();
    }

    private static Path temporary(String name) {
      try {
        return Files.createTempDirectory("inception-spark-" + name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
