package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  /**
   * S3 no longer allows the first, but has old buckets of such names; the last was always allowed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"my_bucket", "-photos", "photos-", "photos.2024"})
  void bucketsThatS3aCannotOpenAreNamed(String bucket) {
    assertThatThrownBy(() -> Location.of("s3a://" + bucket + "/in", new Configuration()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("s3a://" + bucket + "/in: S3A cannot open bucket " + bucket + ",");
  }
}
