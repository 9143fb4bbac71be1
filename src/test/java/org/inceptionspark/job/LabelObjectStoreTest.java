package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inceptionspark.job.runs.Outcome.LABELLED;
import static org.inceptionspark.job.runs.Outcome.UNREADABLE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.s3.Fault;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** From an object store into an object store, some of whose objects cannot be read. */
@Tag("slow")
class LabelObjectStoreTest {
  private static final String BUCKET = "label-objects";
  private static final String INPUT = "s3a://" + BUCKET + "/in";

  @TempDir static Path directory;

  private static EmbeddedS3 s3;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(directory, "id", "secret");
    client = s3.client();
    client.createBucket(bucket -> bucket.bucket(BUCKET));
    LocalSpark.configureBucket(BUCKET, s3.s3aOptions());
    LocalSpark.configureBucket(BUCKET, Map.of("fs.s3a.retry.interval", "20ms"));
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    s3.close();
  }

  private static void put(String key, byte[] bytes) {
    client.putObject(o -> o.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  private static byte[] photograph() throws Exception {
    return Files.readAllBytes(Path.of("src/quickstart/photos/racoon.jpg"));
  }

  private static Dataset<Row> list(String input) throws Exception {
    return ListObjects.using(LocalSpark.session()).inputs(List.of(input)).execute();
  }

  private static RunRecord label(Dataset<Row> listed, String output) throws Exception {
    return LabelImages.using(LocalSpark.session())
        .model(TinyModel.spec())
        .images(ImageSource.objects(listed))
        .output("s3a://" + BUCKET + "/" + output)
        .execute();
  }

  private static Dataset<Row> table(String output) {
    return LocalSpark.session().read().parquet("s3a://" + BUCKET + "/" + output);
  }

  private static Map<String, String> messages(Dataset<Row> table) {
    return table.selectExpr("path", "error.kind", "error.message").collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(0).replaceFirst(".*/", ""),
                row ->
                    row.isNullAt(1)
                        ? LABELLED.name()
                        : row.getString(1) + ": " + row.getString(2)));
  }

  private static Set<String> keys(String prefix) {
    return client.listObjectsV2(r -> r.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.endsWith("/")) // the marker of an empty directory
        .collect(Collectors.toSet());
  }

  @Test
  void everyNameArrivesWithOneRequestForEachImage() throws Exception {
    Set<String> names = new TreeSet<>(ImageBattery.visible());
    names.removeIf(name -> name.codePoints().anyMatch(c -> c > 0xFFFF)); // the server answers 500
    Map<String, byte[]> files = ImageBattery.files();
    for (String name : names) {
      put("in/battery/" + name, files.get(name));
    }
    s3.store().requests().clear();
    RunRecord result = label(list(INPUT + "/battery"), "battery-labels");

    Map<String, Long> requests = new HashMap<>();
    s3.store().requests().stream()
        .filter(request -> request.contains(" in/battery/"))
        .forEach(request -> requests.merge(request, 1L, Long::sum));
    Map<String, Long> expected = new TreeMap<>();
    names.stream()
        .filter(name -> files.get(name).length > 0)
        .forEach(name -> expected.put("GET in/battery/" + name, 1L));
    assertThat(new TreeMap<>(requests)).isEqualTo(expected);

    assertThat(result.images()).isEqualTo(names.size());
    assertThat(result.counts().get(UNREADABLE)).isZero();
    Dataset<Row> table = table("battery-labels");
    assertThat(table.selectExpr("path").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> INPUT + "/battery/" + name).toList());
    assertThat(table.where("etag is null or etag not rlike '^[0-9a-f]{32}$'"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
  }

  @Test
  void theMagicCommitterWritesAndLeavesNothingElse() throws Exception {
    put("in/magic/a.jpg", photograph());
    RunRecord result = label(list(INPUT + "/magic"), "magic-labels");
    Set<String> keys = keys("magic-labels");
    assertThat(keys).hasSize(3).contains("magic-labels/_SUCCESS");
    assertThat(keys).contains("magic-labels/_runs/" + result.runId() + ".json");
    assertThat(keys).anyMatch(key -> key.matches("magic-labels/run_date=[0-9-]+/part-.*parquet"));
    try (var success = client.getObject(o -> o.bucket(BUCKET).key("magic-labels/_SUCCESS"))) {
      assertThat(new ObjectMapper().readTree(success).get("committer").asText()).isEqualTo("magic");
    }
    assertThat(client.listMultipartUploads(r -> r.bucket(BUCKET)).uploads()).isEmpty();
  }

  @Test
  void whatStorageDoesNotGiveIsUnreadable() throws Exception {
    for (String name : List.of("good", "denied", "broken", "deleted")) {
      put("in/faults/" + name + ".jpg", photograph());
    }
    put("in/faults/cut.jpg", new byte[1 << 20]); // more than the server's buffer
    Dataset<Row> listed = list(INPUT + "/faults");
    s3.store().fail("in/faults/denied.jpg", Fault.DENIED);
    s3.store().fail("in/faults/broken.jpg", Fault.BROKEN);
    s3.store().fail("in/faults/deleted.jpg", Fault.DELETED);
    s3.store().fail("in/faults/cut.jpg", Fault.CUT);
    RunRecord result = label(listed, "faults-labels");
    assertThat(messages(table("faults-labels")))
        .containsOnly(
            Map.entry("good.jpg", "LABELLED"),
            Map.entry("denied.jpg", "UNREADABLE: access denied, check the credentials"),
            Map.entry("broken.jpg", "UNREADABLE: storage answered 500"),
            Map.entry("deleted.jpg", "UNREADABLE: not found"),
            Map.entry("cut.jpg", "UNREADABLE: storage answered 500"));
    assertThat(result.counts().get(UNREADABLE)).isEqualTo(4);
    assertThat(result.errorRate()).isEqualTo(0.8);
  }

  @Test
  void onlyTheListedVersionIsRead() throws Exception {
    for (String name : List.of("good", "deleted", "replaced")) {
      put("in/versions/" + name + ".jpg", photograph());
    }
    Dataset<Row> listed = list(INPUT + "/versions").cache();
    assertThat(listed.count()).isEqualTo(3);
    client.deleteObject(o -> o.bucket(BUCKET).key("in/versions/deleted.jpg"));
    byte[] other = photograph();
    other[other.length - 10]++;
    put("in/versions/replaced.jpg", other);
    label(listed, "versions-labels");
    assertThat(messages(table("versions-labels")))
        .containsOnly(
            Map.entry("good.jpg", "LABELLED"),
            Map.entry("deleted.jpg", "UNREADABLE: not found"),
            Map.entry("replaced.jpg", "UNREADABLE: changed since it was listed"));
  }
}
