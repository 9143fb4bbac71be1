package org.inceptionspark.job.task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.packed.ByteRange;

/**
 * Adjacent images in a packed file that are read with one request. A whole object is a run by
 * itself.
 *
 * @param ranges of the images; empty for a whole object
 */
record ImageRun(List<SourceImage> images, List<ByteRange> ranges) {
  /** Most bytes in one request: enough to hide its latency, without filling memory. */
  private static final long LARGEST = 8L << 20;

  /** A gap that is read in vain rather than make another request. */
  private static final long GAP = 1L << 20;

  static ImageRun of(SourceImage image) {
    boolean range = image.range() != null && image.fault() == null && image.length() > 0;
    return new ImageRun(List.of(image), range ? List.of(ByteRange.of(image.range())) : List.of());
  }

  boolean mayGrow() {
    return !ranges.isEmpty() && span() < LARGEST;
  }

  private ByteRange last() {
    return ranges.get(ranges.size() - 1);
  }

  private long start() {
    return ranges.get(0).offset();
  }

  private long span() {
    return last().end() - start();
  }

  boolean isFollowedBy(SourceImage image) {
    List<ByteRange> other = of(image).ranges();
    return !other.isEmpty()
        && other.get(0).follows(last(), GAP)
        && other.get(0).end() - start() <= LARGEST;
  }

  ImageRun and(SourceImage image) {
    List<SourceImage> more = new ArrayList<>(images);
    more.add(image);
    List<ByteRange> further = new ArrayList<>(ranges);
    further.add(ByteRange.of(image.range()));
    return new ImageRun(more, further);
  }

  /** Length from the first image's first byte to the last one's last. */
  byte[] read(ImageReader reader) throws IOException {
    return reader.readRange(images.get(0), start(), Math.toIntExact(span()));
  }

  /** Extracts the images from these bytes. */
  ImageReader reader(byte[] bytes) {
    return image ->
        ranges.get(images.indexOf(image)).decode(bytes, start(), Math.toIntExact(image.length()));
  }
}
