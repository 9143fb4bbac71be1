package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A table below its own input: its files are not taken for images the next night. */
class TableBelowInputTest {
  private static final Path PHOTOGRAPH = Path.of("src/quickstart/photos/fig.jpg");

  @TempDir Path directory;

  private static void threeNights(String input) {
    for (int day = 1; day <= 3; day++) {
      CommandLineRun night =
          CommandLineRun.of(
              "nightly",
              "--input=" + input,
              "--output=" + input + "/labels",
              "--weights=" + TinyModel.checkpoint(),
              "--run-date=2026-01-0" + day);
      assertThat(night.code()).as(night.err()).isZero();
      assertThat(night.err()).contains(day == 1 ? "\n1 images in" : "\n0 images in");
    }
    assertThat(LocalSpark.session().read().parquet(input + "/labels").count()).isOne();
  }

  @Test
  void onThisMachine() throws Exception {
    Files.copy(PHOTOGRAPH, directory.resolve("a.jpg"));
    threeNights(directory.toString());
  }

  @Test
  void onS3() throws Exception {
    String bucket = "table-below-input";
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, "id", "secret");
        S3Client client = s3.client()) {
      LocalSpark.configureBucket(bucket, s3.s3aOptions());
      client.createBucket(b -> b.bucket(bucket));
      client.putObject(o -> o.bucket(bucket).key("in/a.jpg"), RequestBody.fromFile(PHOTOGRAPH));
      threeNights("s3a://" + bucket + "/in");
    }
  }
}
