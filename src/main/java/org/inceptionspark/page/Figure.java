package org.inceptionspark.page;

import org.inceptionspark.image.core.EncodedImage;

/**
 * One picture at its own size, or as wide as the page allows.
 *
 * @param alternative what the picture shows, for those who do not see it
 * @param caption under the picture
 */
public record Figure(EncodedImage picture, String alternative, String caption) implements Block {
  /** The picture as the page holds it. */
  public String uri() {
    return DataUri.of(picture);
  }
}
