package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.StoredObjects;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.s3.AnyKeysS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that S3 has and paths do not: one object, one row, in every night. */
@Tag("slow")
class OddKeysTest {
  private static final List<String> ODD =
      List.of(
          "/lead.jpg",
          "//lead.jpg",
          "lead.jpg",
          "in/a.jpg",
          "in//a.jpg",
          "in///a.jpg",
          "in/./a.jpg",
          "in/x/../a.jpg",
          "../a.jpg",
          "./a.jpg",
          "in/sub/c.jpg",
          "in/sub//c.jpg",
          "in/sub",
          "in/content/",
          "in/3\u0003.jpg",
          "in/\u001f\u007f\n\r\t.jpg",
          "in/with space.jpg",
          "in/ .jpg",
          "in/100%.jpg",
          "in/%41.jpg",
          "in/A.jpg",
          "in/a+b.jpg",
          "in/a#b?c.jpg",
          "in/c:d.jpg",
          "c:/d.jpg",
          "http://host/d.jpg",
          "in/back\\slash.jpg",
          "in/a%2Fb.jpg",
          "in/*.jpg",
          "in/[a-z].jpg",
          "in/{a,b}.jpg",
          "in/~a.jpg",
          "in/a.jpg ",
          "in/a=1/b.jpg",
          "run_date=2026-01-01/a.jpg",
          "in/\u202egpj.a.jpg",
          "in/\uD83D\uDE00.jpg",
          "in/e\u0301.jpg",
          "in/\u00e9.jpg",
          "in/&<>\"'.jpg",
          "in/" + "long/".repeat(190) + "a.jpg");

  @TempDir Path directory;

  private AnyKeysS3 store;
  private String bucket;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    store = AnyKeysS3.start();
    bucket =
        "oddkeys-"
            + test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    LocalSpark.configureBucket(bucket, store.s3aOptions());
    LocalSpark.configureBucket(
        bucket, Map.of("fs.s3a.paging.maximum", "4", "fs.s3a.retry.limit", "1"));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private ListObjects list(String key) {
    return ListObjects.using(LocalSpark.session()).inputs(List.of("s3a://" + bucket + "/" + key));
  }

  private List<String> keys(ListObjects listing) throws Exception {
    return listing.execute().collectAsList().stream()
        .map(row -> row.getString(0).substring(("s3a://" + bucket + "/").length()))
        .sorted()
        .toList();
  }

  private static byte[] photograph(int number) throws Exception {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    byte[] longer = java.util.Arrays.copyOf(jpeg, jpeg.length + number);
    java.util.Arrays.fill(longer, jpeg.length, longer.length, (byte) number);
    return longer;
  }

  private RunRecord night(int day) throws Exception {
    return LabelImages.using(LocalSpark.session())
        .model(TinyModel.spec())
        .images(ImageSource.objects(list("").hiddenNames(HiddenNames.Choice.READ).execute()))
        .output(directory.toString())
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day))
        .execute();
  }

  @Test
  void eachObjectHasOneRowWithItsOwnBytes() throws Exception {
    Map<String, Long> sizes = new TreeMap<>();
    for (int i = 0; i < ODD.size(); i++) {
      store.put(ODD.get(i), photograph(i));
      sizes.put("s3a://" + bucket + "/" + ODD.get(i), (long) photograph(i).length);
    }
    store.put("in/marker/", new byte[0]);
    store.put("in/old_$folder$", new byte[0]);
    RunRecord first = night(1);
    assertThat(first.counts()).containsEntry(Outcome.LABELLED, (long) ODD.size());
    RunRecord second = night(2);
    assertThat(second.listed()).isEqualTo(ODD.size());
    assertThat(second.skipped()).isEqualTo(ODD.size());

    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(directory.toString())
            .selectExpr("path", "length", "sha256")
            .collectAsList();
    assertThat(
            rows.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1))))
        .isEqualTo(sizes);
    for (Row row : rows) {
      byte[] now =
          StoredObjects.read(row.getString(0), LocalSpark.session().sessionState().newHadoopConf());
      assertThat(org.inceptionspark.labeler.Sha256.of(now)).isEqualTo(row.getString(2));
    }
  }

  @Test
  void whateverTheKeysAreEachIsListedOnce() throws Exception {
    Random random = new Random(16);
    String alphabet = "//...ab _%+\u0001\u00e9";
    TreeSet<String> keys = new TreeSet<>();
    while (keys.size() < 200) {
      keys.add(
          IntStream.range(0, 1 + random.nextInt(9))
              .mapToObj(i -> "" + alphabet.charAt(random.nextInt(alphabet.length())))
              .collect(Collectors.joining()));
    }
    keys.forEach(key -> store.put("in/" + key, "x".getBytes(StandardCharsets.UTF_8)));
    store.put("other", new byte[1]);
    assertThat(keys(list("in").hiddenNames(HiddenNames.Choice.READ)))
        .containsExactlyElementsOf(keys.stream().map(key -> "in/" + key).sorted().toList());
    ListObjects visible = list("in");
    List<String> seen = keys(visible);
    assertThat(seen).doesNotHaveDuplicates().hasSizeBetween(50, 199);
    assertThat(visible.passedOver().names().get(PassedOver.Reason.HIDDEN).count())
        .isEqualTo(
            keys.stream()
                .filter(key -> !seen.contains("in/" + key))
                .map(OddKeysTest::upToTheHiddenPart)
                .distinct()
                .count());
  }

  private static String upToTheHiddenPart(String key) {
    int end = 0;
    for (String part : key.split("/", -1)) {
      end += part.length();
      if (HiddenNames.isHidden(part)) {
        return key.substring(0, Math.min(end + 1, key.length()));
      }
      end++;
    }
    throw new AssertionError(key);
  }

  @Test
  void theFirstKeyOfAnInputMayBeOdd() throws Exception {
    store.put("in/\u0001.jpg", new byte[1]);
    store.put("in/b.jpg", new byte[1]);
    assertThat(keys(list("in"))).containsExactly("in/\u0001.jpg", "in/b.jpg");
  }

  @Test
  void aStoreThatDoesNotSayHowToGoOnIsNoEmptyOne() throws Exception {
    for (int i = 0; i < 6; i++) {
      store.put("in/" + i + ".jpg", new byte[1]);
    }
    store.forgetTokens();
    assertThatThrownBy(() -> keys(list("in")))
        .hasStackTraceContaining("no new NextContinuationToken")
        .hasStackTraceContaining("fs.s3a.list.version=1");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-request-payer, fs.s3a.requester.pays.enabled, true",
    "x-amz-server-side-encryption-customer-key, fs.s3a.encryption.algorithm, SSE-C"
  })
  void whatABucketAsksForIsSentForOddKeysToo(String header, String setting, String value)
      throws Exception {
    bucket = "oddkeys-" + header;
    LocalSpark.configureBucket(bucket, store.s3aOptions());
    LocalSpark.configureBucket(
        bucket,
        Map.of(
            setting,
            value,
            "fs.s3a.encryption.key",
            Base64.getEncoder().encodeToString(new byte[32])));
    store.put("in/a.jpg", photograph(0));
    store.put("in//a.jpg", photograph(1));
    store.requireHeader(header);
    assertThat(night(1).counts()).containsEntry(Outcome.LABELLED, 2L);
  }
}
