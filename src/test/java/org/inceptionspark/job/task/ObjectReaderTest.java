package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no longer as they were listed. */
class ObjectReaderTest {
  @TempDir Path directory;

  private final ObjectReader reader =
      new ObjectReader(
          new JavaSparkContext(LocalSpark.session().sparkContext())
              .broadcast(new SerializableConfiguration(new Configuration())));

  private SourceImage listed(String content, long length) throws IOException {
    Path file = Files.writeString(directory.resolve("a name #1%.jpg"), content);
    return SourceImage.object("file:" + file, length, null, null);
  }

  @Test
  void readsTheWholeFile() throws IOException {
    assertThat(reader.read(listed("content", 7))).asString().isEqualTo("content");
  }

  @Test
  void aShorterFileIsRefused() throws IOException {
    SourceImage image = listed("content", 8);
    assertThatThrownBy(() -> reader.read(image)).hasMessage("ended before its 8 bytes");
  }

  @Test
  void aLongerFileIsRefused() throws IOException {
    SourceImage image = listed("content", 6);
    assertThatThrownBy(() -> reader.read(image))
        .hasMessage("changed since it was listed: longer than 6 bytes");
  }

  @Test
  void aFileThatIsGoneIsNotFound() {
    SourceImage image = SourceImage.object("file:" + directory + "/absent", 6, null, null);
    assertThatThrownBy(() -> reader.read(image))
        .extracting(StorageFailure::describe)
        .isEqualTo("not found");
  }
}
