package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("slow")
class StoreCheckCommandTest {
  private static final String BUCKET = "store-check";

  @TempDir static Path directory;

  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(directory, "id", "secret");
    LocalSpark.configureBucket(BUCKET, s3.s3aOptions());
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
  }

  @Test
  void theEmbeddedStorePassesAndIsLeftAsItWas() {
    CommandLineRun run = CommandLineRun.of("store-check", "s3a://" + BUCKET, "--make-bucket");
    assertThat(run.out()).contains("12 checks, 0 failed").doesNotContain("FAILED");
    assertThat(run.code()).isZero();
    try (S3Client client = s3.client()) {
      assertThat(client.listObjectsV2(r -> r.bucket(BUCKET)).contents()).isEmpty();
    }
  }

  @Test
  void aStoreThatTakesNothingFails() {
    s3.store().denyWrites("inception-spark-check");
    CommandLineRun run = CommandLineRun.of("store-check", "s3a://" + BUCKET, "--make-bucket");
    s3.store().heal();
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out())
        .containsPattern("multipart upload +FAILED access denied, check the credentials")
        .containsPattern("missing bucket is reported +ok")
        .contains("12 checks, 8 failed");
  }
}
