package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WatchTest {
  private static boolean reachable = true;

  /** Local disks that cannot be reached now and then. */
  public static final class SometimesReachable extends RawLocalFileSystem {
    @Override
    public boolean exists(Path file) throws IOException {
      if (!reachable) {
        throw new IOException("connection refused");
      }
      return super.exists(file);
    }
  }

  @TempDir private java.nio.file.Path directory;

  private Watch watch(String stopFile) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", SometimesReachable.class.getName());
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    CommandLine command = new CommandLine(new NightlyCommand());
    return new Watch(command, Duration.ofMillis(1), Optional.of(stopFile), hadoop);
  }

  @Test
  void storageThatIsAwayDoesNotEndIt() throws IOException {
    reachable = true;
    java.nio.file.Path stop = directory.resolve("stop");
    AtomicInteger nights = new AtomicInteger();
    int code =
        watch(stop.toUri().toString())
            .run(
                () -> {
                  reachable = nights.incrementAndGet() != 2;
                  if (nights.get() == 3) {
                    Files.createFile(stop);
                  }
                  return nights.get();
                });
    assertThat(code).isEqualTo(3);
    assertThat(stop).doesNotExist();
  }

  @Test
  void aStopFileThatCanNeverBeFoundIsToldBeforeTheFirstNight() {
    assertThatThrownBy(() -> watch("nowhere://bucket/stop").run(() -> 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }
}
