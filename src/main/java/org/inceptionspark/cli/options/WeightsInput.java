package org.inceptionspark.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.LocalCopy;
import org.inceptionspark.weights.LoadOptions;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.file.WeightsException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A weight file on the command line, on this machine or in storage. */
public final class WeightsInput {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Weight file, checkpoint prefix or directory; a path or a URI such as s3a://.")
  @Names(Names.Kind.FILE)
  private String file;

  @Mixin private LoadOptionsMixin options;

  public ModelWeights load() throws IOException {
    return with(path -> ModelWeights.load(path, options()));
  }

  /**
   * Applies an action to a local copy of the file, which is then deleted.
   *
   * @throws ConfigurationException if the file cannot be opened
   */
  public <T> T with(Function<Path, T> action) throws IOException {
    return with(file, action);
  }

  public static <T> T with(String file, Function<Path, T> action) throws IOException {
    try (LocalCopy copy = LocalCopy.of(file, new Configuration())) {
      return action.apply(copy.path());
    } catch (WeightsException e) {
      if (e.kind() == WeightsException.Kind.UNREADABLE) {
        throw new ConfigurationException(e.getMessage(), e);
      }
      throw new RunException(e.getMessage(), e);
    } catch (IOException e) {
      throw new ConfigurationException(file + ": " + StorageFailure.describe(e), e);
    }
  }

  public LoadOptions options() {
    return options.options();
  }

  @Override
  public String toString() {
    return file;
  }
}
