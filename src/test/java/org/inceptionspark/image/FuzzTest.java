package org.inceptionspark.image;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;

/**
 * Damaged files of the battery give pixels or an {@link ImageException}, nothing else. Runs for
 * {@code -Dfuzz.seconds} (8); a failure names the seed, which {@code -Dfuzz.seed} repeats.
 */
class FuzzTest {
  private static final long MAX_PIXELS = 4_000_000;
  private static final byte[] TELLING = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

  private final ImageDecoder decoder = new ImageDecoder(Orientation.APPLY, MAX_PIXELS);
  private final Preprocessing slim = Preprocessing.named("slim");
  private final float[] input = new float[32 * 32 * 3];

  @Test
  void findsNoOtherException() {
    long seconds = Long.getLong("fuzz.seconds", 8);
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    boolean repeats = Long.getLong("fuzz.seed") != null;
    List<List<BatteryFile>> files = byFolder();
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    int pixels = 0;
    int errors = 0;
    do {
      SplittableRandom random = new SplittableRandom(seed);
      BatteryFile file = any(files, random);
      BatteryFile other = any(files, random);
      byte[] damaged = damage(file.bytes(), other.bytes(), random);
      if (random.nextBoolean()) {
        PngChecksums.repair(damaged);
      }
      String what = file + " damaged with -Dfuzz.seed=" + seed;
      if (givesPixels(damaged, what)) {
        pixels++;
      } else {
        errors++;
      }
      seed++;
    } while (!repeats && System.nanoTime() < end);
    if (!repeats) {
      assertThat(pixels).as("damage that is survived").isPositive();
      assertThat(errors).as("damage that is noticed").isPositive();
    }
  }

  /** Formats have very different numbers of files: each format is chosen equally often. */
  private static List<List<BatteryFile>> byFolder() {
    Stream<BatteryFile> made =
        Stream.of("lossless-webp.zip", "written-tiff.zip")
            .flatMap(zip -> MadeFile.of(zip).stream().map(file -> asBattery(zip, file)));
    Map<String, List<BatteryFile>> folders =
        Stream.concat(BatteryFile.all().stream(), made)
            .filter(file -> file.bytes().length > 0)
            .collect(groupingBy(file -> file.name().substring(0, file.name().indexOf('/'))));
    assertThat(folders).containsKeys("jpeg", "png", "gif", "bmp", "tiff", "webp");
    return List.copyOf(new TreeMap<>(folders).values());
  }

  private static BatteryFile asBattery(String zip, MadeFile file) {
    return new BatteryFile(zip + "/" + file.name(), file.bytes(), MissingNode.getInstance());
  }

  private static BatteryFile any(List<List<BatteryFile>> files, SplittableRandom random) {
    List<BatteryFile> folder = files.get(random.nextInt(files.size()));
    return folder.get(random.nextInt(folder.size()));
  }

  private boolean givesPixels(byte[] bytes, String what) {
    try {
      decoder.decodeInto(bytes, slim, 32, 32, input, 0);
      return true;
    } catch (ImageException e) {
      assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
      return false;
    } catch (Throwable e) {
      throw new AssertionError(what + " throws " + e, e);
    }
  }

  private static byte[] damage(byte[] original, byte[] other, SplittableRandom random) {
    byte[] bytes = original.clone();
    int rounds = 1 + random.nextInt(6);
    for (int i = 0; i < rounds && bytes.length > 1; i++) {
      // Headers decide more than pixels do: half of all damage is at the front.
      int reach = random.nextBoolean() ? Math.min(bytes.length, 200) : bytes.length;
      int at = random.nextInt(reach);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 4 -> {
          int length = Math.min(random.nextInt(16), bytes.length - at);
          Arrays.fill(bytes, at, at + length, TELLING[random.nextInt(TELLING.length)]);
        }
        default -> {
          int from = random.nextInt(other.length);
          int length =
              Math.min(random.nextInt(64), Math.min(other.length - from, bytes.length - at));
          System.arraycopy(other, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
