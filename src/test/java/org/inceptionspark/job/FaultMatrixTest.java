package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.s3.Fault;
import org.inceptionspark.s3.ResettingProxy;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Faults of storage, and what the table then says: the same as without the fault, except for images
 * that really cannot be read. docs/operations.md has the same matrix for operators.
 */
@Tag("slow")
class FaultMatrixTest {
  private static final String BUCKET = "fault-matrix";
  private static final String BUCKET_THROUGH_PROXY = "fault-matrix-proxy";
  private static final String INPUT = "s3a://" + BUCKET + "/in";

  /** Retries as by default, without their pauses. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "fs.s3a.attempts.maximum", "1",
          "fs.s3a.retry.limit", "3",
          "fs.s3a.retry.interval", "5ms",
          "fs.s3a.retry.throttle.limit", "3",
          "fs.s3a.retry.throttle.interval", "5ms",
          "fs.s3a.connection.timeout", "700ms",
          "fs.s3a.connection.request.timeout", "900ms");

  /** More than the server's buffer, so that a body is under way when it breaks. */
  private static final int LONG = 1 << 20;

  @TempDir static Path directory;

  private static EmbeddedS3 s3;
  private static S3Client client;
  private static Dataset<Row> undisturbed;
  private static int runs;

  @BeforeAll
  static void start() throws Exception {
    AWSClientConfig.setMinimumOperationDuration(Duration.ZERO); // else time-outs have 15 s at least
    s3 = EmbeddedS3.start(directory, "id", "secret");
    client = s3.client();
    client.createBucket(bucket -> bucket.bucket(BUCKET));
    LocalSpark.configureBucket(BUCKET, s3.s3aOptions());
    LocalSpark.configureBucket(BUCKET, IMPATIENT);
    client.createBucket(bucket -> bucket.bucket(BUCKET_THROUGH_PROXY));
    for (String name : List.of("always", "briefly", "other1", "other2", "other3")) {
      put(name + ".jpg", photograph(name));
    }
    undisturbed = label(list(INPUT)).cache();
    assertThat(undisturbed.where("error is null").count()).isEqualTo(5);
  }

  @AfterAll
  static void stop() throws Exception {
    AWSClientConfig.resetMinimumOperationDuration();
    undisturbed.unpersist();
    client.close();
    s3.close();
  }

  @AfterEach
  void heal() {
    s3.store().heal();
  }

  /** A photograph with zeros behind its end, another number of them for each name. */
  private static byte[] photograph(String name) throws Exception {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/racoon.jpg"));
    return Arrays.copyOf(jpeg, jpeg.length + LONG + name.length() * name.charAt(0));
  }

  private static void put(String name, byte[] bytes) {
    for (String bucket : List.of(BUCKET, BUCKET_THROUGH_PROXY)) {
      client.putObject(o -> o.bucket(bucket).key("in/" + name), RequestBody.fromBytes(bytes));
    }
  }

  private static Dataset<Row> list(String input) throws Exception {
    return ListObjects.using(LocalSpark.session()).inputs(List.of(input)).execute();
  }

  private static Dataset<Row> label(Dataset<Row> listed) throws Exception {
    return label(listed, "s3a://" + BUCKET + "/labels" + runs++);
  }

  private static Dataset<Row> label(Dataset<Row> listed, String output) throws Exception {
    LabelImages.using(LocalSpark.session())
        .model(TinyModel.spec())
        .images(ImageSource.objects(listed))
        .output(output)
        .ifExists(IfExists.APPEND)
        .batch(2)
        .execute();
    return LocalSpark.session().read().parquet(output);
  }

  /** Rows with errors by name; all others must be those of the undisturbed run, to the bit. */
  private static Map<String, String> errorsOfOtherwiseEqual(Dataset<Row> table) {
    Map<String, String> errors = new TreeMap<>();
    for (Row row : table.where("error is not null").select("path", "error.*").collectAsList()) {
      String name = row.getString(0).replaceFirst(".*/", "").replaceFirst("\\.jpg$", "");
      errors.put(name, row.getString(1) + ": " + row.getString(2));
    }
    assertThat(table.count()).as("a row for each image").isEqualTo(5);
    TableComparison.Result difference =
        TableComparison.compare(undisturbed, table, Set.of(LabelTable.RUN_DATE, "modified"));
    assertThat(difference.different())
        .as("differences %s", difference.examples())
        .isEqualTo(errors.size());
    return errors;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Fault.BROKEN, "UNREADABLE: storage answered 500"),
        Arguments.of(Fault.THROTTLED, "UNREADABLE: storage answered 503"),
        Arguments.of(Fault.CUT, "UNREADABLE: storage answered 500"),
        Arguments.of(Fault.HANGING, "UNREADABLE: storage did not answer in time"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultThatPassesIsNotSeenAndOneThatStaysIsUnreadable(Fault fault, String error)
      throws Exception {
    s3.store().fail("in/briefly.jpg", fault, 2);
    s3.store().fail("in/always.jpg", fault);
    assertThat(errorsOfOtherwiseEqual(label(list(INPUT)))).containsOnly(Map.entry("always", error));
    assertThat(s3.store().requests().stream().filter("GET in/briefly.jpg"::equals).count())
        .as("asked again")
        .isGreaterThanOrEqualTo(3);
  }

  static Stream<Arguments> answers() throws Exception {
    return Stream.of(
        Arguments.of(Fault.DENIED, "UNREADABLE: access denied, check the credentials"),
        Arguments.of(Fault.DELETED, "UNREADABLE: not found"),
        Arguments.of(
            Fault.SHORT, "UNREADABLE: ended before its " + photograph("always").length + " bytes"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerThatIsFinalIsUnreadable(Fault fault, String error) throws Exception {
    s3.store().fail("in/always.jpg", fault);
    assertThat(errorsOfOtherwiseEqual(label(list(INPUT)))).containsOnly(Map.entry("always", error));
  }

  @Test
  void whatChangesBetweenListingAndReadingIsUnreadable() throws Exception {
    Dataset<Row> listed = list(INPUT).cache();
    assertThat(listed.count()).isEqualTo(5);
    client.deleteObject(o -> o.bucket(BUCKET).key("in/always.jpg"));
    byte[] other = photograph("briefly");
    other[other.length - 1] = 1;
    put("briefly.jpg", other);
    try {
      assertThat(errorsOfOtherwiseEqual(label(listed)))
          .containsOnly(
              Map.entry("always", "UNREADABLE: not found"),
              Map.entry("briefly", "UNREADABLE: changed since it was listed"));
    } finally {
      listed.unpersist();
      put("always.jpg", photograph("always"));
      put("briefly.jpg", photograph("briefly"));
    }
  }

  @Test
  void keysThatExpireInTheMiddleLeaveTheRestUnreadable() throws Exception {
    Dataset<Row> listed = list(INPUT);
    s3.store().denyReads("in/", 2);
    String output = "s3a://" + BUCKET + "/expired";
    assertThat(errorsOfOtherwiseEqual(label(listed, output)))
        .hasSize(3)
        .allSatisfy(
            (name, error) ->
                assertThat(error).isEqualTo("UNREADABLE: access denied, check the credentials"));
    s3.store().heal();
    assertThat(errorsOfOtherwiseEqual(label(listed, output))).as("the next night").isEmpty();
  }

  @Test
  void connectionsThatAreResetInTheMiddleOfABodyAreNotSeen() throws Exception {
    try (ResettingProxy proxy = new ResettingProxy(s3.endpoint())) {
      String through = "s3a://" + BUCKET_THROUGH_PROXY + "/in";
      LocalSpark.configureBucket(BUCKET_THROUGH_PROXY, s3.s3aOptions());
      LocalSpark.configureBucket(BUCKET_THROUGH_PROXY, IMPATIENT);
      LocalSpark.configureBucket(
          BUCKET_THROUGH_PROXY, Map.of("fs.s3a.endpoint", proxy.endpoint().toString()));
      proxy.resetNext(3);
      Dataset<Row> table = label(list(through));
      assertThat(proxy.resetsLeft()).isZero();
      assertThat(table.where("error is null").count()).isEqualTo(5);
      assertThat(prelogits(table)).isEqualTo(prelogits(undisturbed));
    }
  }

  private static Map<String, List<Float>> prelogits(Dataset<Row> table) {
    Map<String, List<Float>> prelogits = new TreeMap<>();
    for (Row row : table.select("path", "prelogits").collectAsList()) {
      prelogits.put(row.getString(0).replaceFirst(".*/", ""), row.getList(1));
    }
    return prelogits;
  }
}
