package org.inceptionspark.job.task;

import java.util.Iterator;
import java.util.List;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.task.CrashGuard.Treatment;
import org.inceptionspark.labeler.ImageError;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels images so that none fails its neighbours: a batch that fails is repeated image by image,
 * and an image that fails again gets a row that says so. {@link CrashGuard} handles images that
 * kill the JVM.
 */
final class GuardedStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedStream.class);
  private static final String KILLED = "the JVM died each time it was looked at, also alone";

  private final LabelerStream stream;
  private final CrashGuard precautions;

  GuardedStream(LabelerStream stream, CrashGuard precautions) {
    this.stream = stream;
    this.precautions = precautions;
  }

  /** The counters of its work. */
  LabelerStream stream() {
    return stream;
  }

  /** A result for each image, in their order. */
  List<LabelResult> label(List<ReadImage> images) {
    if (images.stream().allMatch(image -> treatment(image) == Treatment.TOGETHER)) {
      try {
        return precautions.together(() -> inBatches(images));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        LOG.warn("a batch of {} images failed, each is done by itself", images.size(), e);
      }
    }
    return images.stream().map(this::byItself).toList();
  }

  private Treatment treatment(ReadImage image) {
    return precautions.treatment(image.source());
  }

  private List<LabelResult> inBatches(List<ReadImage> images) {
    List<byte[]> contents =
        images.stream().filter(image -> image.error() == null).map(ReadImage::bytes).toList();
    Iterator<LabelResult> results = stream.label(contents).iterator();
    return images.stream()
        .map(image -> image.error() == null ? results.next() : failure(image.error()))
        .toList();
  }

  private LabelResult byItself(ReadImage image) {
    if (image.error() != null) {
      return failure(image.error());
    }
    return switch (treatment(image)) {
      case TOGETHER -> precautions.together(() -> guarded(image));
      case NOTED -> precautions.noted(image.source(), () -> guarded(image));
      case ALONE -> precautions.alone(image.source(), () -> guarded(image));
      case REFUSED -> crashed(KILLED);
    };
  }

  private LabelResult guarded(ReadImage image) {
    try {
      return stream.label(List.of(image.bytes())).get(0);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.warn("{} cannot be labelled", image.source().path(), e);
      return crashed("labelling it failed: " + StorageFailure.describe(e));
    }
  }

  private static LabelResult crashed(String message) {
    return failure(new ImageError(Outcome.CRASHED.name(), message));
  }

  private static LabelResult failure(ImageError error) {
    return LabelResult.unlabelled(null, error);
  }

  @Override
  public void close() {
    precautions.close();
  }
}
