package org.inceptionspark.labeler;

import java.util.List;
import java.util.Map;
import org.inceptionspark.labels.Label;

/**
 * The result for one image. Either {@code error} is null and the image is labelled, or it says why
 * not, and everything that could not be computed is null.
 *
 * @param sha256 of the bytes, 64 hex digits
 * @param format of the file, such as {@code JPEG}
 * @param width of the decoded, upright image in pixels
 * @param height of the decoded, upright image in pixels
 * @param logits one value per class
 * @param prelogits the PreLogits end point, 2048 values at full width
 * @param top most probable first
 * @param endPoints other requested end points, flattened NHWC, by Slim's name
 * @param error why there are no labels
 */
public record LabelResult(
    String sha256,
    String format,
    Integer width,
    Integer height,
    float[] logits,
    float[] prelogits,
    List<Label> top,
    Map<String, float[]> endPoints,
    ImageError error) {
  /**
   * An image for which nothing was computed.
   *
   * @param sha256 of its bytes; null if they were not read
   */
  public static LabelResult unlabelled(String sha256, ImageError error) {
    return new LabelResult(sha256, null, null, null, null, null, null, Map.of(), error);
  }
}
