package org.inceptionspark.search.index;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an index is made of, as it was after one update. Manifests are never changed: an update
 * writes the next.
 *
 * @param version counted from 1
 * @param model fingerprint of the rows in the index
 * @param dimensions floats of an embedding
 * @param cells how many
 * @param centroids name of the file with the centroids
 * @param segments in the order in which they joined
 */
public record IndexManifest(
    int version,
    String model,
    int dimensions,
    int cells,
    String centroids,
    List<Segment> segments) {

  /**
   * What one update added.
   *
   * @param directory name of the directory with its Parquet files
   * @param rows how many
   * @param files of the table whose rows it has, also those that had none of this model
   */
  public record Segment(String directory, long rows, List<String> files) {}

  /** The files of the table that the index covers. */
  public Stream<String> files() {
    return segments.stream().flatMap(segment -> segment.files().stream());
  }

  long rows() {
    return segments.stream().mapToLong(Segment::rows).sum();
  }
}
