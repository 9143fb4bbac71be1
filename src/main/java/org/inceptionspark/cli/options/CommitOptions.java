package org.inceptionspark.cli.options;

import java.util.Optional;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.table.FileSizes;
import picocli.CommandLine.Option;

/** The options for the size of commits and files. */
public final class CommitOptions {
  private static final long MEGABYTE = 1L << 20;

  @Option(
      names = "--commit-every",
      paramLabel = "N",
      description =
          "Images between commits, which is what a crash can lose. By default 10000, or 5000 a"
              + " core on more than two cores, but on up to 34 cores no more than fit into a"
              + " file.")
  private Optional<Long> commitEvery;

  @Option(
      names = "--file-size",
      defaultValue = "" + FileSizes.DEFAULT_MEGABYTES,
      paramLabel = "MB",
      description = "Wanted size of the table's files; a chunk that fits into one appears at once.")
  private long fileSize;

  public void applyTo(LabelImages job) {
    commitEvery.ifPresent(job::commitEvery);
    job.fileBytes(fileSize * MEGABYTE);
  }
}
