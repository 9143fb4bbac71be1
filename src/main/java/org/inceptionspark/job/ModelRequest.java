package org.inceptionspark.job;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.FileVersions;
import org.inceptionspark.job.storage.LocalCopy;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.file.WeightsException;

/**
 * A model as specified on the command line.
 *
 * @param weights path or URI of the weight file
 * @param maxPixels larger pictures are refused
 */
public record ModelRequest(
    String weights, ModelVariant variant, ResultOptions results, long maxPixels) {

  /** {@link LabelerSpec#DEFAULT_MAX_PIXELS} as text. */
  public static final String DEFAULT_MAX_PIXELS = "" + LabelerSpec.DEFAULT_MAX_PIXELS;

  /** With the usual limit on pixels. */
  public ModelRequest(String weights, ModelVariant variant, ResultOptions results) {
    this(weights, variant, results, LabelerSpec.DEFAULT_MAX_PIXELS);
  }

  /**
   * Reads the files and checks that they fit together.
   *
   * @throws ConfigurationException if they do not, or cannot be read
   */
  public LabelerSpec load(Configuration hadoop) {
    return load(hadoop, new FileVersions());
  }

  /**
   * Like {@link #load(Configuration)}.
   *
   * @param read records the files
   */
  public LabelerSpec load(Configuration hadoop, FileVersions read) {
    try (LocalCopy copy = LocalCopy.of(weights, hadoop, read)) {
      PixelOptions pixels = variant.pixels();
      LabelerSpec.Builder spec =
          LabelerSpec.builder(ModelWeights.load(copy.path(), variant.loading()))
              .top(results.top())
              .endPoints(results.endPoints())
              .orientation(orientation(pixels.orientation()))
              .decoding(Decoding.named(pixels.decode()))
              .maxPixels(maxPixels)
              .kernels(variant.kernels())
              .precision(results.embedding());
      pixels.preprocessing().ifPresent(spec::preprocessing);
      Optional<String> labels = results.labels();
      if (variant.head().isPresent()) {
        String head = variant.head().get();
        requireAbsent(labels, head);
        spec.head(head(head, hadoop, read));
      } else if (labels.isPresent()) {
        spec.labels(names(labels.get(), hadoop, read));
      }
      return spec.build();
    } catch (WeightsException | IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    } catch (IOException e) {
      throw new ConfigurationException("weights " + weights + ": " + StorageFailure.describe(e), e);
    }
  }

  private static void requireAbsent(Optional<String> labels, String head) {
    if (labels.isPresent()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "head %s names its classes itself: leave out labels %s",
              head,
              labels.get()));
    }
  }

  /**
   * Reads a head from this machine or storage.
   *
   * @throws ConfigurationException if it cannot be read or is not a head
   */
  public static ClassifierHead head(String source, Configuration hadoop) {
    return head(source, hadoop, new FileVersions());
  }

  /** Like {@link #head(String, Configuration)}, recording the file. */
  public static ClassifierHead head(String source, Configuration hadoop, FileVersions read) {
    try (LocalCopy copy = LocalCopy.ofFile(source, hadoop, read)) {
      return ClassifierHead.load(copy.path());
    } catch (WeightsException e) {
      throw new ConfigurationException(e.getMessage(), e);
    } catch (IOException e) {
      throw new ConfigurationException("head " + source + ": " + StorageFailure.describe(e), e);
    }
  }

  /**
   * Reads class names: built-in, from this machine or from storage.
   *
   * @throws ConfigurationException if they cannot be read
   */
  public static LabelNames names(String source, Configuration hadoop) {
    return names(source, hadoop, new FileVersions());
  }

  private static LabelNames names(String source, Configuration hadoop, FileVersions read) {
    if (LabelNames.isBuiltIn(source)) {
      return LabelNames.builtIn(source);
    }
    try (LocalCopy copy = LocalCopy.ofFile(source, hadoop, read)) {
      return LabelNames.read(copy.path());
    } catch (IOException e) {
      throw new ConfigurationException("labels " + source + ": " + StorageFailure.describe(e), e);
    }
  }

  private static Orientation orientation(String word) {
    for (Orientation choice : Orientation.values()) {
      if (choice.name().equalsIgnoreCase(word)) {
        return choice;
      }
    }
    throw new ConfigurationException("orientation must be apply or ignore, found " + word);
  }
}
