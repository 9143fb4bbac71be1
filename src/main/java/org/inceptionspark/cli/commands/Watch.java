package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.NoImagesException;
import org.inceptionspark.job.failure.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Runs one night after another. Each is a complete run, with its own record and commits, and
 * continues where the last one stopped: a failure of storage is reported, and the next night tries
 * again.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** The interval of checks for the stop file. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final CommandLine command;
  private final Duration every;
  private final Optional<Path> stopFile;
  private final Configuration hadoop;

  /** Gives an exit code. */
  interface Night {
    int run() throws IOException;
  }

  Watch(CommandLine command, Duration every, Optional<String> stopFile, Configuration hadoop) {
    this.command = command;
    this.every = every;
    this.stopFile = stopFile.map(Path::new);
    this.hadoop = hadoop;
  }

  /**
   * Runs until the stop file exists.
   *
   * @return the last night's exit code
   * @throws ConfigurationException if a night cannot be done as asked
   * @throws IOException if the stop file cannot be looked for at the start
   */
  int run(Night night) throws IOException {
    if (stopFile.isPresent()) {
      isThere(stopFile.get()); // a place that can never be looked at is told before the first night
    }
    while (true) {
      Instant next = Instant.now().plus(every);
      int code = once(night);
      if (stopsBefore(next)) {
        return code;
      }
    }
  }

  private int once(Night night) {
    try {
      return night.run();
    } catch (NoImagesException e) {
      LOG.info("{}", e.getMessage());
      return 0;
    } catch (IOException e) {
      LOG.warn("a night failed, the next one tries again", e);
      command.getErr().println(FailureLine.of(command, StorageFailure.describe(e)));
      return ExitCode.FAILED;
    }
  }

  private boolean stopsBefore(Instant next) {
    while (true) {
      if (isStopped()) {
        return true;
      }
      Duration left = Duration.between(Instant.now(), next);
      if (left.isNegative() || left.isZero()) {
        return false;
      }
      try {
        Thread.sleep(Math.min(left.toMillis() + 1, LOOK.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
  }

  /** Storage that cannot be asked right now has not said that it is time to stop. */
  private boolean isStopped() {
    if (stopFile.isEmpty()) {
      return false;
    }
    try {
      return isThere(stopFile.get())
          && stopFile.get().getFileSystem(hadoop).delete(stopFile.get(), false);
    } catch (IOException e) {
      LOG.warn("cannot look for the stop file {}, the watch goes on", stopFile.get(), e);
      return false;
    }
  }

  private boolean isThere(Path file) throws IOException {
    return file.getFileSystem(hadoop).exists(file);
  }
}
