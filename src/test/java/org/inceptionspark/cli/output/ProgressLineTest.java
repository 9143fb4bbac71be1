package org.inceptionspark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.inceptionspark.job.task.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void tellsCountsRateAndTimeLeft() {
    Progress progress = new Progress(1500, 3, OptionalLong.of(9000), Duration.ofSeconds(100));
    assertThat(ProgressLine.text(progress))
        .isEqualTo("1,500 of 9,000 images, 3 errors, 15.0 images/s, 0:08:20 left");
  }

  @Test
  void withoutATotalThereIsNoTimeLeft() {
    Progress progress = new Progress(5, 0, OptionalLong.empty(), Duration.ofSeconds(10));
    assertThat(ProgressLine.text(progress)).isEqualTo("5 images, 0 errors, 0.5 images/s");
  }

  @Test
  void nothingIsForetoldBeforeTheFirstImage() {
    Progress progress = new Progress(0, 0, OptionalLong.of(10), Duration.ZERO);
    assertThat(ProgressLine.text(progress)).isEqualTo("0 of 10 images, 0 errors, 0.0 images/s");
  }
}
