package org.inceptionspark.search.duplicates;

import java.util.List;

/**
 * Images that are alike.
 *
 * @param images by path, at least two
 * @param leastSimilarity of the links that hold the group together
 */
public record DuplicateGroup(List<Image> images, double leastSimilarity) {
  /**
   * One of them.
   *
   * @param sha256 of the bytes: equal for identical files
   */
  public record Image(String path, String sha256) implements java.io.Serializable {}

  public DuplicateGroup {
    images = List.copyOf(images);
  }

  /** The number of different files in the group. */
  public long distinct() {
    return images.stream().map(Image::sha256).distinct().count();
  }
}
