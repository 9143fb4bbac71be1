package org.inceptionspark.page;

import java.util.List;

/**
 * Where an image lies, as a line of a page: it breaks after a {@code /}, and is a link where a
 * browser can follow it.
 *
 * @param uri of the image
 */
public record Place(String uri) {
  /** What a browser opens; of other stores it knows nothing. */
  private static final List<String> FOLLOWED = List.of("file:", "http:", "https:");

  /** Whether a browser can follow it. */
  public boolean isLink() {
    return FOLLOWED.stream().anyMatch(uri::startsWith);
  }

  /** The URI as a browser takes it: what has a meaning of its own in one is escaped. */
  public String link() {
    return uri.replace("%", "%25").replace("#", "%23").replace("?", "%3F").replace(" ", "%20");
  }

  /** The pieces between which a line may break; together they are the URI. */
  public List<String> pieces() {
    return List.of(uri.split("(?<=/)"));
  }
}
