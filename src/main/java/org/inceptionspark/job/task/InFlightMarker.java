package org.inceptionspark.job.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.inceptionspark.job.listing.SourceImage;

/**
 * An object version that a task is working on, as written in a marker file.
 *
 * @param etag null where the storage has none
 * @param company whether the JVM worked on other images at the same time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record InFlightMarker(String path, long length, String modified, String etag, Company company) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether other images may have killed the JVM. */
  enum Company {
    /** Other tasks of this JVM were working on images. */
    OTHERS,
    /** No other image was being decoded or computed in this JVM. */
    ALONE
  }

  static InFlightMarker of(SourceImage image, Company company) {
    return new InFlightMarker(
        image.path(), image.length(), String.valueOf(image.modified()), image.etag(), company);
  }

  boolean isAbout(SourceImage image) {
    return path.equals(image.path())
        && length == image.length()
        && modified.equals(String.valueOf(image.modified()))
        && Objects.equals(etag, image.etag());
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IOException if these bytes are not a marker
   */
  static InFlightMarker ofJson(byte[] json) throws IOException {
    return JSON.readValue(json, InFlightMarker.class);
  }
}
