package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the number of images. */
@Tag("slow")
class ManyImagesTest {
  private static final int IMAGES = 10_000;
  private static final int WARM = 1_000;
  private static final long MEGABYTE = 1L << 20;

  @TempDir Path directory;

  private static byte[] image() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** Live objects: what is left after a collection. */
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void tenThousandTakeNoMoreMemoryThanTheFirstThousand() throws IOException {
    byte[] image = image();
    for (int i = 0; i < IMAGES; i++) {
      Path folder = directory.resolve("in/" + i / 1000);
      Files.createDirectories(folder);
      Files.write(folder.resolve(i + ".png"), image);
    }
    List<Long> early = new ArrayList<>();
    List<Long> late = new ArrayList<>();
    RunRecord result =
        LabelImages.using(LocalSpark.session())
            .model(TinyModel.spec())
            .images(
                ImageSource.objects(
                    ListObjects.using(LocalSpark.session())
                        .inputs(List.of(directory.resolve("in").toString()))
                        .execute()))
            .output(directory.resolve("out").toString())
            .progress(
                progress -> {
                  if (progress.images() >= WARM) { // all streams are there
                    (progress.images() < IMAGES / 2 ? early : late).add(live());
                  }
                })
            .execute();
    assertThat(result.counts().get(Outcome.LABELLED)).isEqualTo(IMAGES);
    long least = early.stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(late).isNotEmpty().allMatch(bytes -> bytes < least + 100 * MEGABYTE);
  }
}
