package org.inceptionspark.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.LocalCopy;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.MovingAverages;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A weight file on the command line, on this machine or in storage. */
final class WeightsInput {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Weight file, checkpoint prefix or directory; a path or a URI such as s3a://.")
  private String file;

  @Option(
      names = "--moving-averages",
      defaultValue = "ignore",
      paramLabel = "ignore|require|prefer",
      description = "Whether a training checkpoint gives its moving averages.")
  private MovingAverages averages;

  ModelWeights load() throws IOException {
    return with(path -> ModelWeights.load(path, averages));
  }

  /** Does something with the local copy of the file, which is gone afterwards. */
  <T> T with(Function<Path, T> action) throws IOException {
    return with(file, action);
  }

  static <T> T with(String file, Function<Path, T> action) throws IOException {
    try (LocalCopy copy = LocalCopy.of(file, new Configuration())) {
      return action.apply(copy.path());
    }
  }

  MovingAverages averages() {
    return averages;
  }

  @Override
  public String toString() {
    return file;
  }
}
