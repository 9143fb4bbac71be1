package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.job.Outcome.LABELLED;
import static org.inceptionspark.job.Outcome.NOT_AN_IMAGE;
import static org.inceptionspark.job.Outcome.UNREADABLE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.s3.Fault;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Night after night on one table in an object store. */
class NightlyTest {
  private static final String BUCKET = "nights";
  private static final LabelerSpec MODEL = TinyModel.spec();

  @TempDir static Path directory;

  private static EmbeddedS3 s3;
  private static S3Client client;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(directory, "id", "secret");
    client = s3.client();
    client.createBucket(bucket -> bucket.bucket(BUCKET));
    spark = LocalSpark.session();
    LocalSpark.configureBucket(BUCKET, s3.s3aOptions());
    LocalSpark.configureBucket(BUCKET, Map.of("fs.s3a.retry.interval", "20ms"));
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    s3.close();
  }

  private static String uri(String key) {
    return "s3a://" + BUCKET + "/" + key;
  }

  private static void put(String key, byte[] bytes) {
    client.putObject(o -> o.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  /** A photograph, and as many other files that decode to the same. */
  private static byte[] photograph(int number) throws Exception {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    byte[] longer = java.util.Arrays.copyOf(jpeg, jpeg.length + number);
    for (int i = jpeg.length; i < longer.length; i++) {
      longer[i] = (byte) number; // behind the end of the picture
    }
    return longer;
  }

  private static void putPhotographs(String prefix, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      put(prefix + "/" + i + ".jpg", photograph(i));
    }
  }

  private static LabelImages night(String name, int day) throws Exception {
    return LabelImages.using(spark)
        .model(MODEL)
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of(uri(name + "/in"))).execute()))
        .output(uri(name + "/labels"))
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day));
  }

  private static Dataset<Row> table(String name) {
    return spark.read().parquet(uri(name + "/labels"));
  }

  private static Map<String, String> rows(String name) {
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

  private static Set<String> keys(String prefix) {
    return client.listObjectsV2(r -> r.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.endsWith("/"))
        .collect(Collectors.toSet());
  }

  private static void assertAddsUp(LabelImagesResult result) {
    assertThat(result.listed())
        .isEqualTo(result.skipped() + result.reused() + result.images() + result.left());
  }

  @Test
  void theSecondNightLabelsWhatIsNew() throws Exception {
    putPhotographs("new/in", 2);
    put("new/in/text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    put("new/in/denied.jpg", photograph(7));
    s3.store().fail("new/in/denied.jpg", Fault.DENIED);
    LabelImagesResult first = night("new", 1).execute();
    assertThat(first.counts())
        .containsEntry(LABELLED, 2L)
        .containsEntry(NOT_AN_IMAGE, 1L)
        .containsEntry(UNREADABLE, 1L);

    put("new/in/1.jpg", photograph(9)); // changed
    put("new/in/more.jpg", photograph(10));
    s3.store().requests().clear();
    LabelImagesResult second = night("new", 2).execute();
    assertThat(second.skipped()).isEqualTo(2);
    assertThat(second.counts()).containsEntry(LABELLED, 2L).containsEntry(UNREADABLE, 1L);
    assertAddsUp(second);
    assertThat(s3.store().requests()).doesNotContain("GET new/in/0.jpg", "GET new/in/text.jpg");
    assertThat(rows("new"))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 1", "LABELLED"),
            Map.entry("1.jpg 2", "LABELLED"),
            Map.entry("denied.jpg 1", "UNREADABLE"),
            Map.entry("denied.jpg 2", "UNREADABLE"),
            Map.entry("more.jpg 2", "LABELLED"),
            Map.entry("text.jpg 1", "NOT_AN_IMAGE"));

    LabelImagesResult third = night("new", 3).selection(again(Relabel.ERRORS)).execute();
    assertThat(third.images()).as("errors, final ones too").isEqualTo(2);
    RunRecord record = RunRecords.of(uri("new/labels"), hadoop()).newestFirst().next();
    assertThat(record.runId()).isEqualTo(third.runId());
    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    assertThat(record.committer()).isEqualTo("magic");
    assertThat(record.left()).isZero();
  }

  private static org.apache.hadoop.conf.Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  private static Selection again(Relabel choice) {
    return new Selection(choice, Optional.empty(), OptionalLong.empty());
  }

  @Test
  void anotherModelHasItsOwnRows() throws Exception {
    putPhotographs("models/in", 2);
    night("models", 1).execute();
    LabelerSpec other = TinyModel.builder().preprocessing("torchvision").build();
    put("models/in/new.jpg", photograph(5));
    LabelImagesResult stale =
        night("models", 2).model(other).selection(again(Relabel.STALE)).execute();
    assertThat(stale.images()).as("what the first model labelled, not what is new").isEqualTo(2);
    assertThat(night("models", 2).model(other).execute().images()).isEqualTo(1);
    assertThat(night("models", 3).execute().images()).as("by the first model").isEqualTo(1);
    assertThat(table("models").groupBy("model").count().collectAsList())
        .extracting(row -> row.getLong(1))
        .containsExactly(3L, 3L);
  }

  @Test
  void knownBytesAreNotComputedAgain() throws Exception {
    putPhotographs("reuse/in", 2);
    night("reuse", 1).execute();
    put("reuse/in/moved/0.jpg", photograph(0));
    byte[] sameLength = photograph(1);
    sameLength[sameLength.length - 1]++;
    put("reuse/in/other.jpg", sameLength);
    LabelerSpec names = TinyModel.builder().top(2).build();
    LabelImagesResult second = night("reuse", 2).model(names).execute();
    assertThat(second.reused()).isEqualTo(1);
    assertThat(second.counts()).containsEntry(LABELLED, 1L);
    assertAddsUp(second);
    List<Row> pair =
        table("reuse")
            .where("path like '%/0.jpg'")
            .orderBy("run_date")
            .selectExpr(
                "sha256",
                "format",
                "width",
                "height",
                "logits",
                "prelogits",
                "model",
                "path",
                "etag",
                "size(top)",
                "top[0]")
            .collectAsList();
    assertThat(pair).hasSize(2);
    for (int i = 0; i < 7; i++) {
      assertThat(pair.get(1).get(i)).isEqualTo(pair.get(0).get(i));
    }
    assertThat(pair.get(1).getString(7)).endsWith("/in/moved/0.jpg");
    assertThat(pair.get(1).getString(8)).isEqualTo(pair.get(0).getString(8));
    assertThat(pair.get(1).getInt(9)).as("labels, as asked now").isEqualTo(2);
    assertThat(pair.get(1).get(10)).isEqualTo(pair.get(0).get(10));
    assertThat(night("reuse", 3).execute().skipped()).isEqualTo(4);
  }

  @Test
  void sinceAndLimit() throws Exception {
    putPhotographs("limit/in", 5);
    Selection two = new Selection(Relabel.NONE, Optional.empty(), OptionalLong.of(2));
    LabelImagesResult first = night("limit", 1).selection(two).execute();
    assertThat(first.images()).isEqualTo(2);
    assertThat(first.left()).isEqualTo(3);
    assertThat(night("limit", 1).selection(two).execute().left()).isEqualTo(1);
    Selection later =
        new Selection(
            Relabel.NONE, Optional.of(Instant.parse("2100-01-01T00:00:00Z")), OptionalLong.empty());
    assertThat(night("limit", 2).selection(later).execute().skipped()).isEqualTo(5);
    Selection recent =
        new Selection(
            Relabel.NONE, Optional.of(Instant.parse("2020-01-01T00:00:00Z")), OptionalLong.empty());
    assertThat(night("limit", 2).selection(recent).execute().images()).isEqualTo(1);
    assertThat(rows("limit")).hasSize(5).doesNotContainValue("LABELLED twice");
  }

  @Test
  void theDryRunWritesNothing() throws Exception {
    putPhotographs("dry/in", 3);
    NightEstimate before = night("dry", 1).estimate();
    assertThat(before.images()).isEqualTo(3);
    assertThat(before.coreHours()).isEmpty();
    assertThat(keys("dry/labels")).isEmpty();
    night("dry", 1).execute();
    put("dry/in/new.jpg", photograph(20));
    put("dry/in/copy.jpg", photograph(0));
    Set<String> keys = keys("dry");
    NightEstimate after = night("dry", 2).estimate();
    assertThat(keys("dry")).isEqualTo(keys);
    assertThat(after.listed()).isEqualTo(5);
    assertThat(after.skipped()).isEqualTo(3);
    assertThat(after.images()).isEqualTo(2);
    assertThat(after.bytes()).isEqualTo(photograph(20).length + photograph(0).length);
    assertThat(after.candidates()).isEqualTo(1);
    assertThat(after.coreHours().orElseThrow()).isPositive();
  }

  @Test
  void twoAtOnce() throws Exception {
    putPhotographs("two/in", 2);
    night("two", 1).execute();
    put("two/in/2.jpg", photograph(2));
    put("two/in/3.jpg", photograph(3));
    Set<String> keys = keys("two");
    OutputTable table = new OutputTable(uri("two/labels"), hadoop());
    try (OwnedTable other = OwnedTable.open(table, "other")) {
      assertThatThrownBy(() -> night("two", 2).execute())
          .hasMessageContaining(
              "table " + uri("two/labels") + " is being written by run other on ");
      assertThat(other.cleaned()).isEqualTo(new CleanTable.Result(0, 0, 0));
    }
    assertThat(keys("two")).isEqualTo(keys);
    assertThat(night("two", 2).execute().images()).isEqualTo(2);
    assertThat(rows("two")).hasSize(4).doesNotContainValue("LABELLED twice");
  }

  /** The store refuses the second chunk; the next run finds the first and goes on there. */
  @Test
  void aNightThatFailsGoesOn() throws Exception {
    putPhotographs("crash/in", 9);
    SparkListener atSecondChunk =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            String job = start.properties().getProperty("spark.job.description", "");
            if (job.equals("label images, chunk 2 of 3")) {
              s3.store().denyWrites("crash/labels/run_date");
            }
          }
        };
    spark.sparkContext().addSparkListener(atSecondChunk);
    assertThatThrownBy(() -> night("crash", 1).commitEvery(3).execute())
        .hasMessage(
            "labels into " + uri("crash/labels") + ": access denied, check the credentials");
    spark.sparkContext().removeSparkListener(atSecondChunk);
    s3.store().allowWrites();

    assertThat(table("crash").count()).isEqualTo(3);
    RunRecord failed = RunRecords.of(uri("crash/labels"), hadoop()).newestFirst().next();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.images()).isEqualTo(3);
    assertThat(failed.left()).isEqualTo(6);
    assertThat(failed.failure()).contains("access denied");

    LabelImagesResult rest = night("crash", 1).commitEvery(3).execute();
    assertThat(rest.skipped()).isEqualTo(3);
    assertThat(rest.images()).isEqualTo(6);
    LabelImages.using(spark)
        .model(MODEL)
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of(uri("crash/in"))).execute()))
        .output(uri("crash/undisturbed"))
        .runDate(LocalDate.of(2026, 1, 1))
        .execute();
    TableComparison.Result same =
        TableComparison.compare(
            table("crash"), spark.read().parquet(uri("crash/undisturbed")), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(9);
    assertThat(client.listMultipartUploads(r -> r.bucket(BUCKET).prefix("crash/")).uploads())
        .isEmpty();
    assertThat(keys("crash/labels"))
        .noneMatch(key -> key.contains("magic") || key.contains("_lease"));
  }

  /** What a killed driver leaves: pending uploads, the committer's directories, a lease. */
  @Test
  void cleanDeletesWhatTheDeadLeft() throws Exception {
    putPhotographs("clean/in", 1);
    LabelImagesResult run = night("clean", 1).execute();
    Set<String> keys = keys("clean");
    client.createMultipartUpload(
        u -> u.bucket(BUCKET).key("clean/labels/run_date=2026-01-02/part-0"));
    client.createMultipartUpload(u -> u.bucket(BUCKET).key("clean/elsewhere"));
    put("clean/labels/__magic_job-1/tasks/part-0.pending", new byte[] {1});
    put("clean/labels/_temporary/0/part-0", new byte[] {1});
    CleanTable.Result result = CleanTable.clean(uri("clean/labels"), hadoop());
    assertThat(result).isEqualTo(new CleanTable.Result(1, 2, 0));
    assertThat(keys("clean")).isEqualTo(keys);
    assertThat(client.listMultipartUploads(r -> r.bucket(BUCKET)).uploads())
        .extracting(upload -> upload.key())
        .containsExactly("clean/elsewhere");
    assertThat(table("clean").count()).isEqualTo(run.images());
    client
        .listMultipartUploads(r -> r.bucket(BUCKET))
        .uploads()
        .forEach(
            upload ->
                client.abortMultipartUpload(
                    a -> a.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId())));
  }

  @Test
  void aTableThatIsNotThereCannotBeCleaned() {
    assertThatThrownBy(() -> CleanTable.clean(uri("absent"), hadoop()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("table " + uri("absent") + " does not exist");
  }
}
