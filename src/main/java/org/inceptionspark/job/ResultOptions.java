package org.inceptionspark.job;

import java.util.List;
import java.util.Optional;
import org.inceptionspark.labeler.EmbeddingPrecision;

/**
 * Which of a model's results a row has.
 *
 * @param labels built-in name, path or URI; if empty, classes have numbers
 * @param top number of labels for each image
 * @param endPoints further end points, by Slim's names
 * @param embedding how exactly prelogits are kept
 */
public record ResultOptions(
    Optional<String> labels, int top, List<String> endPoints, EmbeddingPrecision embedding) {

  /** With embeddings as computed. */
  public static ResultOptions of(Optional<String> labels, int top, String... endPoints) {
    return new ResultOptions(labels, top, List.of(endPoints), EmbeddingPrecision.FLOAT32);
  }
}
