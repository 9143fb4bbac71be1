package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of stores that promise less than the others. */
class CheckFirstAtomicFilesTest {
  /** Some vendor's client of S3, which is not S3A. */
  private static final class VendorFileSystem extends ClientOfStore {
    VendorFileSystem(Configuration hadoop) throws IOException {
      super("s3://bucket", hadoop);
    }
  }

  @TempDir java.nio.file.Path directory;

  private final Configuration hadoop = new Configuration(false);
  private Path file;

  @BeforeEach
  void name() {
    file = new Path("s3://bucket" + directory + "/lease");
  }

  private AtomicFiles vendors() throws IOException {
    return AtomicFiles.on(new VendorFileSystem(hadoop));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aClientThatLooksFirstAndThenWritesKeepsNoLease() throws IOException {
    AtomicFiles files = vendors();
    assertThatThrownBy(() -> files.create(file, bytes("run")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("s3://bucket")
        .hasMessageContaining("VendorFileSystem cannot create a file only if it is not there")
        .hasMessageContaining("spark.hadoop.inceptionspark.lease=none");
    assertThatThrownBy(() -> files.read(file)).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void unlessOneRunAtATimeIsSeenTo() throws IOException {
    hadoop.set(AtomicFiles.LEASE, "none");
    AtomicFiles files = vendors();
    assertThat(files.create(file, bytes("run"))).isTrue();
    assertThat(files.create(file, bytes("other"))).isFalse();
    files.replace(file, bytes("record"));
    assertThat(files.read(file)).asString().isEqualTo("record");
  }
}
