package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.Inventory;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.TableComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 Inventory gives the same rows as a listing. */
class InventoryTest extends ObjectStoreNights {
  private static final String SCHEMA =
      "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag, StorageClass";

  private static String line(S3Object object, String latest, String deleted) {
    return String.join(
            ",",
            quoted(nights),
            quoted(URLEncoder.encode(object.key(), StandardCharsets.UTF_8).replace("%2F", "/")),
            quoted("v1"),
            quoted(latest),
            quoted(deleted),
            quoted(object.size().toString()),
            quoted(object.lastModified().toString()),
            quoted(object.eTag().replace("\"", "")),
            quoted("STANDARD"))
        + "\n";
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }

  private static List<S3Object> objects(String prefix) {
    return client.listObjectsV2(r -> r.bucket(nights).prefix(prefix)).contents();
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String csv(String name) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (S3Object object : objects(name + "/in/")) {
      lines.append(line(object, "true", "false"));
    }
    S3Object old = objects(name + "/in/").get(0).toBuilder().eTag("old").build();
    lines.append(line(old, "false", "false")).append(line(old, "true", "true"));
    put(name + "/inventory/data/0.csv.gz", gzip(lines.toString()));
    return manifest(name, "CSV", name + "/inventory/data/0.csv.gz");
  }

  private static String manifest(String name, String format, String... files) {
    StringBuilder json = new StringBuilder();
    json.append("{\"sourceBucket\":\"").append(nights);
    json.append("\",\"destinationBucket\":\"arn:aws:s3:::").append(nights);
    json.append("\",\"fileFormat\":\"").append(format);
    json.append("\",\"fileSchema\":\"").append(SCHEMA).append("\",\"files\":[");
    for (int i = 0; i < files.length; i++) {
      json.append(i == 0 ? "" : ",").append("{\"key\":\"").append(files[i]).append("\"}");
    }
    String key = name + "/inventory/2026-01-31T01-00Z/manifest.json";
    put(key, json.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    return uri(key);
  }

  /** From the CSV file, as the other formats have it. */
  private static String columnar(String name, String format) throws Exception {
    csv(name);
    Dataset<Row> rows =
        spark
            .read()
            .csv(uri(name + "/inventory/data/0.csv.gz"))
            .toDF(
                "bucket",
                "key",
                "version_id",
                "is_latest",
                "is_delete_marker",
                "size",
                "last_modified_date",
                "e_tag",
                "storage_class")
            .selectExpr(
                "bucket",
                "url_decode(key) AS key",
                "cast(is_latest AS boolean)",
                "cast(is_delete_marker AS boolean)",
                "cast(size AS bigint)",
                "cast(last_modified_date AS timestamp)",
                "e_tag");
    String directory = name + "/inventory/data-" + format;
    rows.coalesce(1).write().format(format).save(uri(directory));
    return manifest(
        name,
        format.toUpperCase(Locale.ROOT),
        objects(directory).stream()
            .map(S3Object::key)
            .filter(key -> key.endsWith("." + format))
            .toArray(String[]::new));
  }

  private static LabelImages label(String name, String manifest, ListObjects listing, int day)
      throws Exception {
    return night(name, day).images(Inventory.of(spark, manifest, listing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "orc", "parquet"})
  void anInventoryAndAListingGiveTheSameVersions(String format) throws Exception {
    String name = "inventory-" + format;
    putPhotographs(name + "/in", 2);
    put(name + "/in/a b+c%20é.jpg", photograph(7));
    put(name + "/in/_hidden.jpg", photograph(8));
    put(name + "/other/x.jpg", photograph(9));
    String manifest = format.equals("csv") ? csv(name) : columnar(name, format);
    s3.store().requests().clear();
    ListObjects below = ListObjects.using(spark).inputs(List.of(uri(name + "/in/")));
    RunRecord first = label(name, manifest, below, 1).execute();
    assertThat(first.listed()).isEqualTo(3);
    assertThat(first.passedOver().names().get(Reason.HIDDEN).count()).isEqualTo(1);
    assertThat(first.errors()).isZero();
    assertThat(label(name, manifest, ListObjects.using(spark), 2).execute().skipped()).isEqualTo(3);
    assertThat(night(name, 3).execute().skipped()).as("of a listing").isEqualTo(3);
    night(name, 1).output(uri(name + "-listed/labels")).execute();
    assertThat(TableComparison.compare(table(name), table(name + "-listed"), Set.of()).examples())
        .isEmpty();
  }

  @Test
  void whatIsGoneSinceIsUnreadable() throws Exception {
    putPhotographs("gone/in", 2);
    String manifest = csv("gone");
    client.deleteObject(o -> o.bucket(nights).key("gone/in/0.jpg"));
    put("gone/in/1.jpg", photograph(5));
    label("gone", manifest, ListObjects.using(spark), 1).execute();
    assertThat(table("gone").selectExpr("error.message").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("not found", "changed since it was listed");
  }

  @Test
  void whatIsNoInventoryIsTold() throws Exception {
    ListObjects all = ListObjects.using(spark);
    put("no/text.json", "text".getBytes(StandardCharsets.UTF_8));
    put("no/other.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    put("no/empty.json", new byte[0]);
    for (Map.Entry<String, String> bad :
        Map.of(
                "no/text.json", "it is not JSON",
                "no/other.json", "it has no sourceBucket",
                "no/empty.json", "it has no sourceBucket",
                "no/absent.json", "does not exist")
            .entrySet()) {
      assertThatThrownBy(() -> Inventory.of(spark, uri(bad.getKey()), all))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageEndingWith(bad.getValue());
    }
    spark.sql("select 'b' as bucket, 'k' as key").write().parquet(uri("few/inventory"));
    String key =
        objects("few/inventory").stream()
            .map(S3Object::key)
            .filter(name -> name.endsWith(".parquet"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> Inventory.of(spark, manifest("few", "Parquet", key), all))
        .hasMessageContaining("has no size, but bucket, key: configure it with size");
    assertThatThrownBy(() -> Inventory.of(spark, manifest("few", "Parquet"), all))
        .hasMessageEndingWith("it names no files");
  }
}
