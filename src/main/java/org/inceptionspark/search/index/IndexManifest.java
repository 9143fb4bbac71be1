package org.inceptionspark.search.index;

import java.util.List;
import java.util.stream.Stream;

/**
 * The contents of an index after an update. Manifests are never changed: an update writes the next
 * one.
 *
 * @param version counted from 1
 * @param model fingerprint of the rows in the index
 * @param dimensions floats of an embedding
 * @param cells number of cells
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
   * The rows that one update added.
   *
   * @param directory name of the directory with its Parquet files
   * @param rows number of rows
   * @param files of the table that it covers, including those without rows of this model
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
