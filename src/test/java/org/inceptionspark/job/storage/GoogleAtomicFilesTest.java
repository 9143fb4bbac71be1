package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleAtomicFilesTest {
  @TempDir java.nio.file.Path directory;

  private Path file;

  /** Refuses when it closes, after another has written this, or after its own first try has. */
  private static final class Refusing extends ClientOfStore {
    private final String content;

    Refusing(String content) throws IOException {
      super("gs://bucket", new Configuration(false));
      this.content = content;
    }

    @Override
    public FSDataOutputStream create(Path path, boolean overwrite) {
      return new FSDataOutputStream(new java.io.ByteArrayOutputStream(), null) {
        @Override
        public void close() throws IOException {
          if (content != null) {
            put(path);
          }
          throw new IOException("412 Precondition Failed");
        }
      };
    }

    private void put(Path path) throws IOException {
      try (FSDataOutputStream out = super.create(path, true)) {
        out.write(bytes(content));
      }
    }
  }

  @BeforeEach
  void name() {
    file = new Path("gs://bucket" + directory + "/_lease.1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void oneCreates() throws IOException {
    AtomicFiles files = AtomicFiles.on(new ClientOfStore("gs://bucket", new Configuration(false)));
    assertThat(files.create(file, bytes("one"))).isTrue();
    assertThat(files.create(file, bytes("two"))).isFalse();
    files.replace(file, bytes("three"));
    assertThat(files.read(file)).asString().isEqualTo("three");
  }

  @Test
  void whoIsRefusedWhenItClosesHasNotCreated() throws IOException {
    assertThat(AtomicFiles.on(new Refusing("other")).create(file, bytes("one"))).isFalse();
  }

  @Test
  void unlessItWasItself() throws IOException {
    assertThat(AtomicFiles.on(new Refusing("one")).create(file, bytes("one"))).isTrue();
  }

  @Test
  void anotherFaultIsOne() throws IOException {
    AtomicFiles files = AtomicFiles.on(new Refusing(null));
    assertThatThrownBy(() -> files.create(file, bytes("one"))).hasMessageContaining("412");
  }

  @Test
  void aGenerationThatIsGoneIsNotAFileThatIs() throws IOException {
    FileSystem replaced =
        new ClientOfStore("gs://bucket", new Configuration(false)) {
          private boolean isReplaced;

          @Override
          public FSDataInputStream open(Path path, int buffer) throws IOException {
            if (!isReplaced) {
              isReplaced = true;
              try (FSDataOutputStream out = create(path, true)) {
                out.write(bytes("another"));
              }
              throw new FileNotFoundException("the requested generation is deleted");
            }
            return super.open(path, buffer);
          }
        };
    AtomicFiles files = AtomicFiles.on(replaced);
    files.replace(file, bytes("content"));
    assertThat(files.read(file)).asString().isEqualTo("another");
    files.delete(file);
    assertThatThrownBy(() -> files.read(file)).isInstanceOf(FileNotFoundException.class);
  }
}
