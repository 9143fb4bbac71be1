package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Nights on tables in an object store, and what is asked of them. */
abstract class ObjectStoreNights {
  /** One bucket a class, since Hadoop caches clients by bucket. */
  static String nights;

  static final LabelerSpec MODEL = TinyModel.spec();

  /** No process has such a number. */
  private static final String NO_PROCESS = "\"pid\":1073741824";

  @TempDir static Path directory;

  static EmbeddedS3 s3;
  static S3Client client;
  static SparkSession spark;

  @BeforeAll
  static void start(TestInfo test) throws Exception {
    nights = test.getTestClass().orElseThrow().getSimpleName().toLowerCase(Locale.ROOT);
    s3 = EmbeddedS3.start(directory, "id", "secret");
    client = s3.client();
    client.createBucket(bucket -> bucket.bucket(nights));
    spark = LocalSpark.session();
    LocalSpark.configureBucket(nights, s3.s3aOptions());
    LocalSpark.configureBucket(nights, Map.of("fs.s3a.retry.interval", "20ms"));
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    s3.close();
  }

  static String uri(String key) {
    return "s3a://" + nights + "/" + key;
  }

  static void put(String key, byte[] bytes) {
    client.putObject(o -> o.bucket(nights).key(key), RequestBody.fromBytes(bytes));
  }

  /** A photograph, and as many other files that decode to the same. */
  static byte[] photograph(int number) throws Exception {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    byte[] longer = java.util.Arrays.copyOf(jpeg, jpeg.length + number);
    for (int i = jpeg.length; i < longer.length; i++) {
      longer[i] = (byte) number; // behind the end of the picture
    }
    return longer;
  }

  static void putPhotographs(String prefix, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      put(prefix + "/" + i + ".jpg", photograph(i));
    }
  }

  static LabelImages night(String name, int day) throws Exception {
    return LabelImages.using(spark)
        .model(MODEL)
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of(uri(name + "/in"))).execute()))
        .output(uri(name + "/labels"))
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day));
  }

  static Dataset<Row> table(String name) {
    return spark.read().parquet(uri(name + "/labels"));
  }

  static Map<String, String> rows(String name) {
    return table(name)
        .selectExpr("path", "coalesce(error.kind, 'LABELLED')", "day(run_date)")
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(0).replaceFirst(".*/in/", "") + " " + row.getInt(2),
                row -> row.getString(1),
                (one, other) -> one + " twice",
                TreeMap::new));
  }

  static Set<String> keys(String prefix) {
    return client.listObjectsV2(r -> r.bucket(nights).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.endsWith("/"))
        .collect(Collectors.toSet());
  }

  /** Replaces the holder of a table's lease, which is this living process, by a dead one. */
  static void buryHolderOf(String table) {
    String lease =
        keys(table + "_lease.").stream().findFirst().orElseThrow(); // the dead gave nothing back
    String holder = client.getObjectAsBytes(o -> o.bucket(nights).key(lease)).asUtf8String();
    put(lease, holder.replaceFirst("\"pid\":\\d+", NO_PROCESS).getBytes(StandardCharsets.UTF_8));
  }

  static void assertAddsUp(RunRecord result) {
    assertThat(result.listed())
        .isEqualTo(result.skipped() + result.reused() + result.images() + result.left());
  }

  static org.apache.hadoop.conf.Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  static Selection again(Relabel choice) {
    return new Selection(choice, Optional.empty(), OptionalLong.empty());
  }
}
