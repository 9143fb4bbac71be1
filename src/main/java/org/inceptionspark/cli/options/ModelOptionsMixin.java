package org.inceptionspark.cli.options;

import java.util.List;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.labeler.EmbeddingPrecision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the model, and for which of its results are kept. */
public final class ModelOptionsMixin {
  @Mixin private ClassifierOptions classifier;

  @Option(
      names = "--top",
      defaultValue = "5",
      paramLabel = "N",
      description = "Labels to keep for each image.")
  private int top;

  @Option(
      names = "--end-points",
      split = ",",
      paramLabel = "NAME",
      description =
          "Further end points to keep, by TF-Slim's names, each in a column of that name.")
  private List<String> endPoints = List.of();

  @Option(
      names = "--embedding",
      defaultValue = "float32",
      paramLabel = "float32|float16",
      description =
          "How exactly prelogits are kept. float16 rounds them to half precision: some 0.6 of"
              + " their bytes, the same neighbours; the column stays array<float>.")
  private EmbeddingPrecision embedding;

  @Option(
      names = "--max-pixels",
      defaultValue = ModelRequest.DEFAULT_MAX_PIXELS,
      paramLabel = "N",
      description = "Larger pictures are TOO_LARGE.")
  private long maxPixels;

  public int top() {
    return top;
  }

  public long maxPixels() {
    return maxPixels;
  }

  public ModelRequest request() {
    return request(endPoints);
  }

  /** The same model, keeping these end points. */
  public ModelRequest request(List<String> kept) {
    return classifier.request(
        new ResultOptions(classifier.labels(), top, kept, embedding), maxPixels);
  }
}
