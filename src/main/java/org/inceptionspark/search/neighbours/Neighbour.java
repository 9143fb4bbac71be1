package org.inceptionspark.search.neighbours;

import java.time.LocalDate;
import java.util.List;
import org.inceptionspark.labels.Label;

/**
 * A row of the labels table that is near a query.
 *
 * @param path of the image
 * @param similarity cosine of the angle between the embeddings, from -1 to 1
 * @param runDate the night that wrote the row
 * @param sha256 of the image's bytes
 * @param top the row's labels, best first
 */
public record Neighbour(
    String path, double similarity, LocalDate runDate, String sha256, List<Label> top) {
  public Neighbour {
    top = List.copyOf(top);
  }
}
