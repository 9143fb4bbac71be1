package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;

/** A picture leaves nothing behind: no file, no handle, nothing that the next one could see. */
class NothingIsLeftTest {
  private static final int THREADS = 4;
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, 100_000_000);
  private static final Preprocessing SLIM = Preprocessing.named("slim");
  private static final List<BatteryFile> FILES = BatteryFile.all();

  /** Good and bad files in four orders at the same time, by one decoder: each as when alone. */
  @Test
  void forTheNextPictureNorForOtherThreads() throws InterruptedException, ExecutionException {
    Map<String, String> expected = outcomes(FILES);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Map<String, String>>> found = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        List<BatteryFile> files = new ArrayList<>(FILES);
        Collections.shuffle(files, new Random(thread));
        found.add(threads.submit(() -> outcomes(files)));
      }
      for (Future<Map<String, String>> outcomes : found) {
        assertThat(outcomes.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onTheMachine() throws IOException {
    outcomes(FILES);
    Set<String> before = temporaryFiles();
    long handles = handles();
    outcomes(FILES);
    assertThat(handles() - handles).as("handles of 301 pictures").isLessThan(FILES.size() / 10);
    Set<String> left = temporaryFiles();
    left.removeAll(before);
    assertThat(left).noneMatch(name -> name.startsWith("imageio"));
  }

  private static Map<String, String> outcomes(List<BatteryFile> files) {
    Map<String, String> outcomes = new TreeMap<>();
    float[] input = new float[64 * 64 * 3];
    for (BatteryFile file : files) {
      try {
        ImageSummary summary = DECODER.decodeInto(file.bytes(), SLIM, 64, 64, input, 0);
        outcomes.put(file.name(), summary + " " + Sha256.of(input));
      } catch (ImageException e) {
        outcomes.put(file.name(), e.kind() + " " + e.getMessage());
      }
    }
    return outcomes;
  }

  private static long handles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private static Set<String> temporaryFiles() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }
}
