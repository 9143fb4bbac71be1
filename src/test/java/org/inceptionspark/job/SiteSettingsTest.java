package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;
import org.inceptionspark.job.directory.LockedTable;
import org.inceptionspark.job.directory.OutputTable;
import org.inceptionspark.job.directory.TableWriter;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.spark.LocalSpark;
import org.inceptionspark.spark.NoParquet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites whose settings would lose or double rows: the table is as anywhere else. */
@Tag("slow")
class SiteSettingsTest extends ObjectStoreNights {
  /** Settings of a site for as long as something runs; those with {@code spark.} of the session. */
  private static void at(Map<String, String> site, Night work) throws Exception {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Map<String, String> before = new LinkedHashMap<>();
    site.forEach(
        (name, value) -> {
          if (name.startsWith("spark.")) {
            before.put(name, spark.conf().get(name, null));
            spark.conf().set(name, value);
          } else {
            before.put(name, hadoop.get(name));
            hadoop.set(name, value);
          }
        });
    try {
      work.run();
    } finally {
      before.forEach(
          (name, value) -> {
            if (!name.startsWith("spark.")) {
              hadoop.unset(name);
            } else if (value == null) {
              spark.conf().unset(name);
            } else {
              spark.conf().set(name, value);
            }
          });
    }
  }

  private interface Night {
    void run() throws Exception;
  }

  private static void threeNights(String name, Map<String, String> site) throws Exception {
    put(name + "/in/0.jpg", photograph(0));
    night(name, 1).execute();
    put(name + "/in/1.jpg", photograph(1));
    put(name + "/in/2.jpg", photograph(2));
    put(name + "/in/3.jpg", photograph(3));
    at(
        site,
        () -> {
          assertThat(night(name, 2).commitEvery(2).execute().images()).isEqualTo(3);
          assertThat(night(name, 3).execute().images()).isZero();
        });
    assertThat(rows(name))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 2", "LABELLED"),
            Map.entry("2.jpg 2", "LABELLED"),
            Map.entry("3.jpg 2", "LABELLED"));
    assertThat(RunRecords.of(uri(name + "/labels"), hadoop()).newestFirst())
        .toIterable()
        .hasSize(3);
    assertThat(keys(name + "/labels")).filteredOn(key -> key.endsWith(".parquet")).hasSize(3);
  }

  private static Map<String, String> staging(String committer, String conflict) {
    String bucket = "fs.s3a.bucket." + nights + ".committer.";
    return Map.of(
        "fs.s3a.committer.name",
        committer,
        "fs.s3a.committer.staging.conflict-mode",
        conflict,
        bucket + "name",
        committer,
        bucket + "staging.conflict-mode",
        conflict);
  }

  @Test
  void aStagingCommitterDeletesNothing() throws Exception {
    threeNights("directory", staging("directory", "replace"));
    threeNights("partitioned", staging("partitioned", "replace"));
  }

  @Test
  void anotherCommitProtocolDoesNotWrite() throws Exception {
    threeNights(
        "protocol",
        Map.of(
            "spark.sql.sources.commitProtocolClass",
                "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol",
            "spark.sql.parquet.output.committer.class",
                "org.apache.parquet.hadoop.ParquetOutputCommitter",
            "spark.sql.sources.outputCommitterClass",
                "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter",
            "mapreduce.outputcommitter.factory.class",
                "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory",
            "mapreduce.fileoutputcommitter.algorithm.version", "2",
            "spark.sql.sources.partitionOverwriteMode", "dynamic"));
    assertThat(RunRecords.of(uri("protocol/labels"), hadoop()).newestFirst())
        .toIterable()
        .extracting(RunRecord::committer)
        .containsExactly(null, "magic", "magic");
  }

  /** As on sites that came from EMR: their paths say {@code s3://}, their client is S3A. */
  @Test
  void s3aUnderAnotherSchemeIsS3a() throws Exception {
    Map<String, String> site = Map.of("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    putPhotographs("other-scheme/in", 2);
    at(
        site,
        () -> {
          for (int day = 1; day <= 2; day++) {
            RunRecord result =
                LabelImages.using(spark)
                    .model(MODEL)
                    .images(
                        ImageSource.objects(
                            ListObjects.using(spark)
                                .inputs(List.of("s3://" + nights + "/other-scheme/in"))
                                .execute()))
                    .output("s3://" + nights + "/other-scheme/labels")
                    .ifExists(IfExists.APPEND)
                    .runDate(LocalDate.of(2026, 1, day))
                    .execute();
            assertThat(result.images()).isEqualTo(day == 1 ? 2 : 0);
          }
        });
    assertThat(rows("other-scheme")).hasSize(2);
    assertThat(table("other-scheme").selectExpr("path").as(Encoders.STRING()).collectAsList())
        .containsExactlyInAnyOrder(
            "s3://" + nights + "/other-scheme/in/0.jpg",
            "s3://" + nights + "/other-scheme/in/1.jpg");
    assertThat(RunRecords.of(uri("other-scheme/labels"), hadoop()).newestFirst())
        .toIterable()
        .extracting(RunRecord::committer)
        .containsExactly(null, "magic");
  }

  /** What S3A lets a site switch on for speed, or off for stores that have less. */
  @ParameterizedTest
  @CsvSource({
    "performance.flags, *",
    "create.performance, true",
    "create.conditional.enabled, false",
    "committer.magic.track.commits.in.memory.enabled, true",
    "committer.magic.cleanup.enabled, false",
    "audit.reject.out.of.span.operations, true",
    "list.version, 1",
    "paging.maximum, 2",
    "directory.marker.retention, delete",
    "input.stream.type, prefetch",
    "connection.maximum, 2",
    "multipart.purge, true"
  })
  void aSwitchOfS3aChangesNoRow(String name, String value) throws Exception {
    String before = nights;
    nights = "switch-" + name.replace('.', '-');
    try {
      client.createBucket(b -> b.bucket(nights));
      LocalSpark.configureBucket(nights, s3.s3aOptions());
      LocalSpark.configureBucket(nights, Map.of("fs.s3a." + name, value));
      threeNights("switch", Map.of());
    } finally {
      nights = before;
    }
  }

  @Test
  void aReaderSeesTheWholeTable() throws Exception {
    put("reader/labels/_spark_metadata/0", "v1".getBytes(StandardCharsets.UTF_8)); // of a stream
    threeNights(
        "reader",
        Map.of(
            "mapreduce.input.pathFilter.class", NoParquet.class.getName(),
            "spark.sql.files.maxRecordsPerFile", "1",
            "spark.sql.sources.useV1SourceList", "",
            "spark.sql.sources.partitionColumnTypeInference.enabled", "false",
            "spark.sql.parquet.outputTimestampType", "INT96",
            "spark.sql.parquet.writeLegacyFormat", "true",
            "spark.sql.streaming.fileStreamSink.ignoreMetadata", "false",
            "spark.sql.caseSensitive", "true",
            "spark.sql.parser.quotedRegexColumnNames", "true",
            "spark.sql.session.timeZone", "Asia/Kathmandu"));
  }

  @Test
  void aFileThatCannotBeReadIsNotPassedOver() throws Exception {
    putPhotographs("corrupt/in", 2);
    night("corrupt", 1).execute();
    String file =
        keys("corrupt/labels/run_date=2026-01-01").stream()
            .filter(key -> key.endsWith(".parquet"))
            .findFirst()
            .orElseThrow();
    byte[] good = client.getObjectAsBytes(o -> o.bucket(nights).key(file)).asByteArray();
    put("corrupt/in/2.jpg", photograph(2));
    Map<String, String> site =
        Map.of(
            "spark.sql.files.ignoreCorruptFiles", "true",
            "spark.sql.files.ignoreMissingFiles", "true");
    put(file, new byte[good.length]);
    at(
        site,
        () ->
            assertThatThrownBy(() -> night("corrupt", 2).execute())
                .isInstanceOf(RunException.class)
                .hasMessageContaining(file));
    put(file, good);
    at(site, () -> assertThat(night("corrupt", 3).execute().images()).isEqualTo(1));
    assertThat(rows("corrupt"))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 1", "LABELLED"),
            Map.entry("2.jpg 3", "LABELLED"));
  }

  @Test
  void aCommitterThatLosesWhatWasWrittenIsFound() throws Exception {
    String bucket = nights + "-loses";
    client.createBucket(b -> b.bucket(bucket));
    LocalSpark.configureBucket(bucket, s3.s3aOptions());
    LocalSpark.configureBucket(
        bucket, Map.of("fs.s3a.committer.magic.track.commits.in.memory.enabled", "true"));
    OutputTable table = new OutputTable("s3a://" + bucket + "/labels", hadoop());
    try (LockedTable owned = LockedTable.open(table, "run")) {
      TableWriter writer = new TableWriter(table, LocalDate.of(2026, 1, 1));
      assertThatThrownBy(() -> writer.append(spark.range(3).toDF("path")))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("no file of 3 rows has appeared; committer: magic");
      assertThat(writer.append(spark.range(0).toDF("path"))).isEqualTo("magic");
    }
  }

  @Test
  void aBucketThatIsOpenWithoutTheMagicCommitterIsRefused() throws Exception {
    String bucket = nights + "-no-magic";
    client.createBucket(b -> b.bucket(bucket));
    LocalSpark.configureBucket(bucket, s3.s3aOptions());
    LocalSpark.configureBucket(bucket, Map.of("fs.s3a.committer.magic.enabled", "false"));
    new Path("s3a://" + bucket + "/").getFileSystem(hadoop());
    putPhotographs("refused/in", 1);
    assertThatThrownBy(() -> night("refused", 1).output("s3a://" + bucket + "/labels").execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "output s3a://%s/labels needs S3A's magic committer, which".formatted(bucket)
                + " org.apache.hadoop.fs.s3a.S3AFileSystem does not have: set"
                + " fs.s3a.committer.magic.enabled=true, also for this bucket");
  }

  @Test
  void aBucketThatIsOpenWithoutLookingAtVersionsIsRefused() throws Exception {
    String bucket = nights + "-no-versions";
    client.createBucket(b -> b.bucket(bucket));
    LocalSpark.configureBucket(bucket, s3.s3aOptions());
    LocalSpark.configureBucket(bucket, Map.of("fs.s3a.change.detection.mode", "none"));
    new Path("s3a://" + bucket + "/").getFileSystem(hadoop());
    assertThatThrownBy(
            () -> ListObjects.using(spark).inputs(List.of("s3a://" + bucket + "/in")).execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found fs.s3a.change.detection.mode=none")
        .hasMessageContaining("needed server and etag");
  }
}
