package org.inceptionspark.page;

import java.util.List;

/**
 * The place of an image as a line of a page: it breaks after a {@code /}, and is a link if a
 * browser can follow it.
 *
 * @param uri of the image
 */
public record Place(String uri) {
  /** Schemes that a browser opens. */
  private static final List<String> FOLLOWED = List.of("file:", "http:", "https:");

  /** Whether a browser can follow it. */
  public boolean isLink() {
    return FOLLOWED.stream().anyMatch(uri::startsWith);
  }

  /** The URI for a browser, with characters of special meaning escaped. */
  public String link() {
    return uri.replace("%", "%25").replace("#", "%23").replace("?", "%3F").replace(" ", "%20");
  }

  /** The pieces between which a line may break; concatenated they are the URI. */
  public List<String> pieces() {
    return List.of(uri.split("(?<=/)"));
  }
}
