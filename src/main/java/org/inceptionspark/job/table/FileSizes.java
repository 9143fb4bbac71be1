package org.inceptionspark.job.table;

import org.inceptionspark.labeler.LabelerSpec;

/**
 * How many files to write rows into, so that none is much larger than wanted.
 *
 * @param fileBytes wanted
 * @param rowBytes of a labelled image: its floats hardly compress, and the rest is small
 */
public record FileSizes(long fileBytes, long rowBytes) {
  /** Some seconds to write, in which most cores wait. */
  /** Wanted size of the table's files in MB, for writing and compaction. */
  public static final int DEFAULT_MEGABYTES = 512;

  public static final long DEFAULT_FILE_BYTES = (long) DEFAULT_MEGABYTES << 20;

  private static final long FEWEST_IMAGES = 10_000;

  /** A commit takes some seconds in which cores wait, so they should compute for minutes before. */
  private static final long IMAGES_PER_CORE = 5_000;

  /** With fewer, waiting for commits would take a large part of the night. */
  private static final long FEWEST_PER_CORE = 1_250;

  private static final long WORDS = 300;

  public static FileSizes of(LabelerSpec model, long fileBytes) {
    return new FileSizes(fileBytes, model.floatsPerImage() * Float.BYTES + WORDS);
  }

  public int files(long rows) {
    return (int) Math.max(1, (rows * rowBytes + fileBytes - 1) / fileBytes);
  }

  /**
   * Default number of images between commits: those of one file, so that a chunk appears at once.
   */
  public long commitEvery(int cores) {
    long wanted = Math.max(FEWEST_IMAGES, IMAGES_PER_CORE * cores);
    long inOneFile = fileBytes / rowBytes;
    return inOneFile < FEWEST_PER_CORE * cores ? wanted : Math.min(wanted, inOneFile);
  }
}
