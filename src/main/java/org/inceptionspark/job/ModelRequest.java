package org.inceptionspark.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.FileVersions;
import org.inceptionspark.job.storage.LocalCopy;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.LoadOptions;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.file.WeightsException;

/**
 * A model as specified on the command line.
 *
 * @param weights path or URI of the weight file
 * @param loading what the user knows better than the file
 * @param labels built-in name, path or URI; if empty, classes have numbers
 * @param top number of labels kept for each image
 * @param endPoints further end points to keep, by Slim's names
 * @param orientation {@code apply} or {@code ignore}
 * @param decode {@code full} or {@code scaled}
 * @param maxPixels larger pictures are refused
 * @param preprocessing if empty, the one the model was trained with
 * @param kernels {@code auto}, {@code vector}, {@code scalar} or {@code exact}
 * @param head path or URI of a head in place of the model's own last layer
 * @param embedding how exactly prelogits are kept
 */
public record ModelRequest(
    String weights,
    LoadOptions loading,
    Optional<String> labels,
    int top,
    List<String> endPoints,
    String orientation,
    String decode,
    long maxPixels,
    Optional<String> preprocessing,
    String kernels,
    Optional<String> head,
    EmbeddingPrecision embedding) {

  /** {@link LabelerSpec#DEFAULT_MAX_PIXELS} as text. */
  public static final String DEFAULT_MAX_PIXELS = "" + LabelerSpec.DEFAULT_MAX_PIXELS;

  /** A model as its file describes it, with its own last layer. */
  public ModelRequest(
      String weights,
      Optional<String> labels,
      int top,
      List<String> endPoints,
      String orientation,
      long maxPixels,
      Optional<String> preprocessing,
      String kernels) {
    this(
        weights,
        LoadOptions.DEFAULT,
        labels,
        top,
        endPoints,
        orientation,
        "full",
        maxPixels,
        preprocessing,
        kernels,
        Optional.empty());
  }

  /** With embeddings as computed. */
  public ModelRequest(
      String weights,
      LoadOptions loading,
      Optional<String> labels,
      int top,
      List<String> endPoints,
      String orientation,
      String decode,
      long maxPixels,
      Optional<String> preprocessing,
      String kernels,
      Optional<String> head) {
    this(
        weights,
        loading,
        labels,
        top,
        endPoints,
        orientation,
        decode,
        maxPixels,
        preprocessing,
        kernels,
        head,
        EmbeddingPrecision.FLOAT32);
  }

  /** The same with embeddings kept like this. */
  public ModelRequest with(EmbeddingPrecision precision) {
    return new ModelRequest(
        weights,
        loading,
        labels,
        top,
        endPoints,
        orientation,
        decode,
        maxPixels,
        preprocessing,
        kernels,
        head,
        precision);
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
      LabelerSpec.Builder spec =
          LabelerSpec.builder(ModelWeights.load(copy.path(), loading))
              .top(top)
              .endPoints(endPoints)
              .orientation(orientation(orientation))
              .decoding(Decoding.named(decode))
              .maxPixels(maxPixels)
              .kernels(kernels)
              .precision(embedding);
      preprocessing.ifPresent(spec::preprocessing);
      if (head.isPresent()) {
        requireNoLabels();
        spec.head(head(head.get(), hadoop, read));
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

  private void requireNoLabels() {
    if (labels.isPresent()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "head %s names its classes itself: leave out labels %s",
              head.get(),
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
