package org.inceptionspark.page;

import java.util.Base64;
import org.inceptionspark.image.core.EncodedImage;

/** A picture inside the page (RFC 2397). */
final class DataUri {
  private DataUri() {}

  static String of(EncodedImage image) {
    return "data:"
        + image.mediaType()
        + ";base64,"
        + Base64.getEncoder().encodeToString(image.bytes());
  }
}
