package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSizesTest {
  /** Of the published model: 1001 logits, 2048 floats of embedding, some words. */
  private static final FileSizes FULL_WIDTH =
      new FileSizes(FileSizes.DEFAULT_FILE_BYTES, (1001 + 2048) * Float.BYTES + 300);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aChunkIsOneFileSoThatItAppearsAtOnce(int cores) {
    assertThat(FULL_WIDTH.files(FileSizes.commitEvery(cores))).isEqualTo(1);
  }

  @Test
  void aChunkOfManyCoresIsWrittenByMany() {
    assertThat(FULL_WIDTH.files(FileSizes.commitEvery(1000))).isEqualTo(117);
    assertThat(FULL_WIDTH.files(0)).isEqualTo(1);
  }
}
