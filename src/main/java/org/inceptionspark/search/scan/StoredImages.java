package org.inceptionspark.search.scan;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.StoredObjects;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.page.Card;

/** Images as they are in storage now, which may differ from when their rows were written. */
public final class StoredImages {
  private final ImageDecoder decoder =
      new ImageDecoder(Orientation.APPLY, LabelerSpec.DEFAULT_MAX_PIXELS);
  private final Configuration hadoop;

  public StoredImages(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  public byte[] bytes(String uri) throws IOException {
    return StoredObjects.read(uri, hadoop);
  }

  /** A thumbnail, or the reason why there is none. */
  public Card card(String uri) {
    String name = name(uri);
    try {
      return Card.of(
              Thumbnail.of(decoder.decode(bytes(uri)).pixels(), Thumbnail.CARD),
              "the image " + name)
          .titled(name);
    } catch (ImageException | IOException | IllegalArgumentException e) {
      return Card.without("no picture: " + StorageFailure.describe(e)).titled(name);
    }
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
