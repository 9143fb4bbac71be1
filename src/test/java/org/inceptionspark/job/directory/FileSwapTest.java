package org.inceptionspark.job.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The note that decides. */
class FileSwapTest {
  @TempDir Path directory;

  private OutputTable table() throws IOException {
    return new OutputTable(directory.toString(), new Configuration());
  }

  private Path note(String content) throws IOException {
    Path note = directory.resolve("_replacement/swap.json");
    Files.createDirectories(note.getParent());
    return Files.writeString(note, content);
  }

  @Test
  void aNoteOfAnotherRunIsNotTakenForItsOwn() throws IOException {
    note("{}");
    Path row = Files.writeString(directory.resolve("row"), "row");
    assertThatThrownBy(() -> new FileSwap("swap", List.of("row"), List.of()).commit(table()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("another run has decided on swap already");
    assertThat(row).exists();
  }

  @Test
  void aNoteThatWasCutShortDecidesNothing() throws IOException {
    note("{\"id\":\"swap\",\"removed\":[\"row\"],\"mov");
    Path row = Files.writeString(directory.resolve("row"), "row");
    assertThat(FileSwap.finishAll(table())).isZero();
    assertThat(row).exists();
    assertThat(directory.resolve("_replacement")).doesNotExist();
  }
}
