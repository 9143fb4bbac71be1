package org.inceptionspark.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class EmbeddedS3Test {
  private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);

  @Test
  void s3aReadsWhatTheClientPut(@TempDir Path directory) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, "id", "secret")) {
      put(s3, "a name+with #%é.jpg");
      try (FileSystem files = s3a(s3, "secret")) {
        FileStatus[] listed = files.listStatus(new org.apache.hadoop.fs.Path("s3a://bucket/in"));
        assertThat(listed).hasSize(1);
        assertThat(listed[0].getPath().getName()).isEqualTo("a name+with #%é.jpg");
        try (var in = files.open(listed[0].getPath())) {
          assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
      }
    }
  }

  @Test
  void wrongSecretIsRefused(@TempDir Path directory) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, "id", "secret")) {
      put(s3, "a.jpg");
      try (FileSystem files = s3a(s3, "another")) {
        assertThatThrownBy(() -> files.listStatus(new org.apache.hadoop.fs.Path("s3a://bucket/in")))
            .hasMessageContaining("403");
      }
    }
  }

  private static void put(EmbeddedS3 s3, String name) {
    try (S3Client client = s3.client()) {
      client.createBucket(bucket -> bucket.bucket("bucket"));
      client.putObject(
          object -> object.bucket("bucket").key("in/" + name), RequestBody.fromBytes(BYTES));
    }
  }

  private static FileSystem s3a(EmbeddedS3 s3, String secret) throws Exception {
    Configuration configuration = new Configuration();
    s3.s3aOptions().forEach(configuration::set);
    configuration.set("fs.s3a.secret.key", secret);
    return FileSystem.newInstance(
        new org.apache.hadoop.fs.Path("s3a://bucket/").toUri(), configuration);
  }
}
