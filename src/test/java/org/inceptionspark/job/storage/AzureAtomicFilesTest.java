package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Azure's clients were seen to do on an emulator; the figures are in docs/deployment.md. */
class AzureAtomicFilesTest {
  @TempDir java.nio.file.Path directory;

  private final Configuration hadoop = new Configuration(false);
  private Path file;

  /** Renames to free names only, and writes over a file by emptying it first. */
  private static class Abfs extends ClientOfStore {
    Abfs(String scheme, Configuration hadoop) throws IOException {
      super(scheme + "://container@account", hadoop);
    }

    final void write(Path path, String content) throws IOException {
      try (FSDataOutputStream out = create(path, true)) {
        out.write(bytes(content));
      }
    }

    @Override
    public synchronized boolean rename(Path from, Path to) throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }

  @BeforeEach
  void name() {
    file = new Path("abfs://container@account" + directory + "/_lease.1");
  }

  private AtomicFiles files() throws IOException {
    return AtomicFiles.on(new Abfs("abfs", hadoop));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abfs", "abfss", "wasb", "wasbs"})
  void allItsSchemesAreKnown(String scheme) throws IOException {
    assertThat(AtomicFiles.on(new Abfs(scheme, hadoop))).isInstanceOf(AzureAtomicFiles.class);
  }

  @Test
  void whatIsReplacedIsNeverGoneAndNeverReadInPart() throws Exception {
    AtomicFiles files = files();
    files.replace(file, bytes("beat 0"));
    AtomicBoolean isDone = new AtomicBoolean();
    Set<String> seen = new TreeSet<>();
    FutureTask<Set<String>> reader =
        new FutureTask<>(
            () -> {
              while (!isDone.get()) {
                seen.add(new String(files.read(file), StandardCharsets.UTF_8));
                seen.add("there: " + files.fileSystem().exists(file));
              }
              return seen;
            });
    new Thread(reader).start();
    for (int i = 1; i <= 300; i++) {
      files.replace(file, bytes("beat " + i));
    }
    isDone.set(true);
    assertThat(reader.get()).isNotEmpty().allMatch(s -> s.matches("beat \\d+|there: true"));
    assertThat(files.fileSystem().listStatus(file.getParent()))
        .extracting(FileStatus::getPath)
        .extracting(Path::getName)
        .containsExactly("_lease.1");
  }

  @Test
  void whoDiesWhileItWritesOverAFileLosesNothing() throws IOException {
    AtomicFiles files = files();
    files.replace(file, bytes("old"));
    files.write(new Path(file.getParent(), "._lease.1.new"), bytes("new"), true);
    assertThat(files.read(file)).asString().isEqualTo("old");
    files.write(file, new byte[0], true);
    assertThat(files.read(file)).asString().isEqualTo("new");
    files.replace(file, bytes("newer"));
    assertThat(files.read(file)).asString().isEqualTo("newer");
  }

  @Test
  void oneCreates() throws IOException {
    AtomicFiles files = files();
    assertThat(files.create(file, bytes("one"))).isTrue();
    assertThat(files.create(file, bytes("two"))).isFalse();
    assertThat(files.read(file)).asString().isEqualTo("one");
    assertThat(files.fileSystem().listStatus(file.getParent())).hasSize(1);
  }

  @Test
  void aRefusalOfASecondTryIsNotOne() throws IOException {
    FileSystem answersGetLost =
        new Abfs("abfs", hadoop) {
          @Override
          public synchronized boolean rename(Path from, Path to) throws IOException {
            if (!super.rename(from, to)) {
              throw new FileAlreadyExistsException(to.toString());
            }
            return false;
          }
        };
    AtomicFiles files = AtomicFiles.on(answersGetLost);
    assertThat(files.create(file, bytes("one"))).isTrue();
    assertThat(files.create(file, bytes("two"))).isFalse();
  }

  @Test
  void whatIsReplacedWhileItIsReadIsReadAgain() throws IOException {
    FileSystem replaced =
        new Abfs("abfs", hadoop) {
          private int opened;

          @Override
          public FSDataInputStream open(Path path, int buffer) throws IOException {
            if (++opened == 1) {
              write(path, "another");
              throw new IOException("the condition is not met, 412");
            }
            return super.open(path, buffer);
          }
        };
    AtomicFiles files = AtomicFiles.on(replaced);
    files.replace(file, bytes("content"));
    assertThat(files.read(file)).asString().isEqualTo("another");
  }

  @Test
  void theOldClientLooksFirst() throws IOException {
    AtomicFiles files = AtomicFiles.on(new Abfs("wasb", hadoop));
    assertThatThrownBy(() -> files.create(file, bytes("run")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wasb://container@account")
        .hasMessageContaining("needed: abfs:// for the same container")
        .hasMessageContaining("spark.hadoop.inceptionspark.lease=none");
    assertThatThrownBy(() -> files.read(file)).isInstanceOf(FileNotFoundException.class);
    hadoop.set(AtomicFiles.LEASE, "none");
    assertThat(files.create(file, bytes("run"))).isTrue();
  }
}
