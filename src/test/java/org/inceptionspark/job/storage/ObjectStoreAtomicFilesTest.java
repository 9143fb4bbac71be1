package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.shims.S3a;
import org.junit.jupiter.api.Test;

/** The other promises are tested on stores: {@code LeaseTest} and others. */
class ObjectStoreAtomicFilesTest {
  private static ObjectStoreAtomicFiles files(Configuration hadoop) throws IOException {
    return new ObjectStoreAtomicFiles(FileSystem.newInstanceLocal(hadoop));
  }

  @Test
  void theS3aOfThisBuildCreatesConditionally() {
    assertThat(S3a.createsConditionally()).isTrue();
  }

  @Test
  void withoutTheConditionNothingIsCreatedUnlessSomebodyHasSaidSo() throws IOException {
    Configuration hadoop = new Configuration(false);
    assertThatThrownBy(() -> files(hadoop).requireExclusive(false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("needed: Hadoop 3.4.2")
        .hasMessageContaining("spark.hadoop.inceptionspark.lease=none");

    hadoop.set(AtomicFiles.LEASE, "none");
    ObjectStoreAtomicFiles said = files(hadoop);
    assertThatCode(() -> said.requireExclusive(false)).doesNotThrowAnyException();
  }
}
