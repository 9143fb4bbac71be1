package org.inceptionspark.job;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.inceptionspark.labeler.ImageError;

/**
 * What tasks have done so far, for the progress line and Spark's UI. Tasks that run twice count
 * twice here; the run's record has the exact counts.
 */
record TaskCounters(LongAccumulator images, LongAccumulator errors) implements Serializable {
  /**
   * @param error null if the image is labelled
   */
  void count(ImageError error) {
    images.add(1);
    errors.add(error == null ? 0 : 1);
  }

  static TaskCounters in(SparkContext context) {
    return new TaskCounters(
        context.longAccumulator("images"), context.longAccumulator("images with errors"));
  }
}
