package org.inceptionspark.job.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSizesTest {
  /** Of the published model: 1001 logits, 2048 floats of embedding, some words. */
  private static final FileSizes FULL_WIDTH =
      new FileSizes(FileSizes.DEFAULT_FILE_BYTES, (1001 + 2048) * Float.BYTES + 300);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void aChunkIsOneFileSoThatItAppearsAtOnce(int cores) {
    assertThat(FULL_WIDTH.files(FULL_WIDTH.commitEvery(cores))).isEqualTo(1);
  }

  @Test
  void aFewCoresCommitEveryFewMinutes() {
    assertThat(FULL_WIDTH.commitEvery(1)).isEqualTo(10_000);
    assertThat(FULL_WIDTH.commitEvery(4)).isEqualTo(20_000);
    FileSizes longRows = new FileSizes(FileSizes.DEFAULT_FILE_BYTES, 70_000);
    assertThat(longRows.commitEvery(4)).isEqualTo(7669);
    FileSizes smallFiles = new FileSizes(1 << 20, 12_500);
    assertThat(smallFiles.commitEvery(4)).as("where a file is too little work").isEqualTo(20_000);
  }

  @Test
  void aChunkOfManyCoresIsWrittenByMany() {
    assertThat(FULL_WIDTH.commitEvery(1000)).isEqualTo(5_000_000);
    assertThat(FULL_WIDTH.files(5_000_000)).isEqualTo(117);
    assertThat(FULL_WIDTH.files(0)).isEqualTo(1);
  }
}
