package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.s3.AnyKeysS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights over objects that the store lists but does not hand out. Those that are tried again have
 * the row of the last attempt.
 */
class RefusedObjectsTest {
  private static final String BUCKET = "refused-objects";

  @TempDir Path directory;

  private CommandLineRun night(int day) {
    return CommandLineRun.of(
        "nightly",
        "--input=s3a://" + BUCKET + "/in",
        "--output=" + directory.resolve("labels"),
        "--weights=" + TinyModel.checkpoint(),
        "--run-date=2026-01-0" + day,
        "--max-error-rate=0.8");
  }

  @Test
  void eachHasOneRowThatSaysWhyAndNightsWithoutNewsEndWell() throws Exception {
    byte[] photograph = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    try (AnyKeysS3 store = AnyKeysS3.start()) {
      LocalSpark.configureBucket(BUCKET, store.s3aOptions());
      LocalSpark.configureBucket(BUCKET, Map.of("fs.s3a.retry.limit", "1"));
      for (String name : List.of("a", "archived", "key", "customer")) {
        // Of different lengths: for known bytes a row would be copied instead.
        store.put(
            "in/" + name + ".jpg", Arrays.copyOf(photograph, photograph.length + name.length()));
      }
      store.refuse("in/archived.jpg", 403, "InvalidObjectState", "not valid for the storage class");
      store.refuse("in/key.jpg", 403, "AccessDenied", "not authorized to perform: kms:Decrypt");
      store.refuse(
          "in/customer.jpg",
          400,
          "InvalidRequest",
          "The object was stored using a form of Server Side Encryption.");

      assertThat(night(1).code()).isZero();
      for (int day = 2; day <= 3; day++) {
        CommandLineRun later = night(day);
        assertThat(later.code()).as(later.err()).isZero();
      }
      assertThat(store.requests()).filteredOn("GET in/archived.jpg"::equals).hasSize(1);
      assertThat(store.requests()).filteredOn("GET in/key.jpg"::equals).hasSize(3);
    }
    assertThat(
            LocalSpark.session()
                .read()
                .parquet(directory.resolve("labels").toString())
                .selectExpr(
                    "concat_ws(' ', element_at(split(path, '/'), -1), error.kind, run_date)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder(
            "a.jpg 2026-01-01",
            "archived.jpg ARCHIVED 2026-01-01",
            "key.jpg ACCESS_DENIED 2026-01-03",
            "customer.jpg ACCESS_DENIED 2026-01-03");
  }
}
