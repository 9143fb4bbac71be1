package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.packed.ByteRange;
import org.inceptionspark.job.packed.Coding;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final ReadAhead.Limits LIMITS = new ReadAhead.Limits(4, 1000, 2, 5000);

  private static List<SourceImage> images(int count, long length) {
    return IntStream.range(0, count)
        .mapToObj(i -> SourceImage.object("image " + i, length, null, null))
        .toList();
  }

  private static byte[] bytes(SourceImage image) {
    return new byte[(int) image.length()];
  }

  private static List<ReadImage> all(ReadAhead ahead) {
    List<ReadImage> read = new ArrayList<>();
    ahead.forEachRemaining(read::add);
    return read;
  }

  @Test
  void imagesComeInTheirOrder() {
    List<SourceImage> images = images(200, 10);
    try (ReadAhead ahead = new ReadAhead(images.iterator(), ReadAheadTest::bytes, LIMITS)) {
      assertThat(all(ahead)).extracting(ReadImage::source).isEqualTo(images);
    }
  }

  /** How many images are read before the first one is taken. */
  private static int readAhead(int count, long length) {
    Iterator<SourceImage> images = images(count, length).iterator();
    try (ReadAhead ahead = new ReadAhead(images, ReadAheadTest::bytes, LIMITS)) {
      assertThat(ahead.hasNext()).isTrue();
      assertThat(ahead.hasNext()).isTrue();
      return ahead.waiting();
    }
  }

  @Test
  void theNumberOfImagesIsBounded() {
    assertThat(readAhead(100, 10)).isEqualTo(4);
  }

  /**
   * What hides a store's latency: while a task computes a batch and asks for nothing, the whole
   * next batch comes in, several images at a time.
   */
  @Test
  void theNextBatchIsReadWhileOneIsComputed() throws InterruptedException {
    int batch = LabelImages.DEFAULT_BATCH;
    CountDownLatch together = new CountDownLatch(ReadAhead.Limits.DEFAULT.threads());
    CountDownLatch twoBatches = new CountDownLatch(2 * batch);
    ImageReader slow =
        image -> {
          together.countDown();
          await(together);
          twoBatches.countDown();
          return bytes(image);
        };
    Iterator<SourceImage> images = images(10 * batch, 10).iterator();
    try (ReadAhead ahead = new ReadAhead(images, slow, ReadAhead.Limits.DEFAULT)) {
      for (int i = 0; i < batch; i++) {
        ahead.next();
      }
      assertThat(twoBatches.await(1, TimeUnit.MINUTES)).as("the next batch is there").isTrue();
    }
  }

  /** All the way, not only at the beginning. */
  @Test
  void neighboursInAPackedFileComeWithOneRequest() {
    List<SourceImage> members =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new SourceImage(
                        "a.tar!/" + i,
                        10,
                        null,
                        null,
                        new ByteRange("a.tar", 1_000, 10 * i, 10, Coding.PLAIN).toString(),
                        null,
                        null))
            .toList();
    List<Long> requests = Collections.synchronizedList(new ArrayList<>());
    ImageReader reader =
        new ImageReader() {
          private static final long serialVersionUID = 1L;

          @Override
          public byte[] read(SourceImage image) {
            requests.add(ByteRange.of(image.range()).offset());
            return new byte[] {(byte) (ByteRange.of(image.range()).offset() / 10)};
          }

          @Override
          public byte[] readRange(SourceImage image, long from, int count) {
            requests.add(from);
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
              bytes[i] = (byte) ((from + i) / 10);
            }
            return bytes;
          }
        };
    try (ReadAhead ahead = new ReadAhead(members.iterator(), reader, LIMITS)) {
      List<ReadImage> read = all(ahead);
      assertThat(read).extracting(ReadImage::source).isEqualTo(members);
      assertThat(read)
          .extracting(image -> image.bytes()[0])
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> (byte) i).toList());
    }
    assertThat(requests).as("of four images each").hasSize(25);
  }

  @Test
  void theBytesAreBounded() {
    assertThat(readAhead(100, 400)).isEqualTo(2);
  }

  @Test
  void anImageBeyondTheBoundIsReadAlone() {
    assertThat(readAhead(100, 3000)).isEqualTo(1);
  }

  @Test
  void tooLargeImagesAreNotRead() {
    List<String> read = Collections.synchronizedList(new ArrayList<>());
    ImageReader reader =
        image -> {
          read.add(image.path());
          return bytes(image);
        };
    try (ReadAhead ahead = new ReadAhead(images(2, 5001).iterator(), reader, LIMITS)) {
      assertThat(all(ahead))
          .extracting(ReadImage::error)
          .allMatch(error -> error.kind().equals("TOO_LARGE"))
          .allMatch(error -> error.message().equals("5001 bytes, at most 5000 are read"));
    }
    assertThat(read).isEmpty();
  }

  @Test
  void failuresAreResults() {
    ImageReader reader =
        image -> {
          throw new IOException("no\nluck");
        };
    try (ReadAhead ahead = new ReadAhead(images(3, 10).iterator(), reader, LIMITS)) {
      assertThat(all(ahead))
          .extracting(image -> image.error().kind() + " " + image.error().message())
          .containsOnly("UNREADABLE no luck")
          .hasSize(3);
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(2);
    ImageReader reader =
        image -> {
          try {
            Thread.sleep(Duration.ofHours(1).toMillis());
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return bytes(image);
        };
    ReadAhead ahead = new ReadAhead(images(10, 10).iterator(), reader, LIMITS);
    assertThat(ahead.hasNext()).isTrue();
    ahead.close();
    interrupted.await();
  }

  @Test
  void aTaskThatIsKilledStopsWaiting() {
    CountDownLatch never = new CountDownLatch(1);
    ImageReader reader =
        image -> {
          await(never);
          return bytes(image);
        };
    try (ReadAhead ahead = new ReadAhead(images(10, 10).iterator(), reader, LIMITS)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("interrupted while waiting for an image");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
