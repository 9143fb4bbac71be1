package org.inceptionspark.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PackedFiles;
import org.inceptionspark.job.listing.PackedNames;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * This project's job.
 *
 * @param photographs directory or URI
 */
record OwnJob(SparkSession spark, LabelerSpec spec, String photographs) {
  /** Seconds for all images. */
  double run(Path output) throws IOException {
    long start = System.nanoTime();
    RunRecord result =
        LabelImages.using(spark).model(spec).images(source()).output(output.toString()).execute();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (result.counts().get(Outcome.LABELLED) != result.images()) {
      throw new IllegalStateException("not all photographs have labels: " + result.counts());
    }
    return seconds;
  }

  /** With packed files opened, as the command does. */
  private ImageSource source() throws IOException {
    ListObjects listing = ListObjects.using(spark).inputs(List.of(photographs));
    return PackedFiles.in(
        spark,
        ImageSource.listing(listing),
        new PackedNames(PackedNames.USUAL, listing.objects(), "*", HiddenNames.Choice.SKIP));
  }
}
