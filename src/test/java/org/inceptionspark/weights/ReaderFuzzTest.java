package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage at random, from fixed seeds: whatever the bytes, a reader answers with tensors or with a
 * {@link WeightsException}, soon and within the heap.
 */
@Tag("slow")
class ReaderFuzzTest {
  private static final int ROUNDS = 500;
  private static final int MODEL_ROUNDS = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "v1.ckpt",
        "v1-snappy.ckpt",
        "v2/model.ckpt.index",
        "micro.pb",
        "micro.h5",
        "micro-deflated.keras",
        "micro.safetensors",
        "micro.pth",
        "micro-legacy.pth",
        "tfjs/model.json"
      })
  void damagedFiles(String name) throws IOException {
    Path intact = Fixtures.path("broken/intact/" + name);
    Path copy = folder.resolve(intact.getFileName());
    copyBeside(intact);
    byte[] bytes = Files.readAllBytes(intact);
    int failures = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Files.write(copy, damaged(bytes, new Random(seed)));
      failures += opens(copy) ? 0 : 1;
    }
    assertThat(failures).as("damage that was noticed").isGreaterThan(ROUNDS / 20);
  }

  /** The wrappers in which models are handed out. */
  @Test
  @Timeout(60)
  void damagedArchives() throws IOException {
    byte[] model = Files.readAllBytes(Fixtures.path("broken/intact/micro.safetensors"));
    Path copy = folder.resolve("archive");
    for (byte[] intact : new byte[][] {tar(model), zip(model)}) {
      Files.write(copy, intact);
      assertThat(opens(copy)).isTrue();
      int failures = 0;
      for (int seed = 0; seed < MODEL_ROUNDS; seed++) {
        Files.write(copy, damaged(intact, new Random(seed)));
        failures += opens(copy) ? 0 : 1;
      }
      assertThat(failures).as("damage that was noticed").isGreaterThan(MODEL_ROUNDS / 20);
    }
  }

  private static byte[] tar(byte[] model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("model.safetensors");
      entry.setSize(model.length);
      tar.putArchiveEntry(entry);
      tar.write(model);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(byte[] model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("model.safetensors"));
      zip.write(model);
    }
    return bytes.toByteArray();
  }

  /** Whole models, whose names and edges are followed as well. */
  @ParameterizedTest
  @Timeout(120)
  @ValueSource(
      strings = {
        "frozen_pb/decomposed.pb",
        "frozen_pb/fused.pb",
        "onnx/keys.onnx",
        "onnx/folded.onnx",
        "keras_h5/full-model.h5",
        "keras3/tiny.keras",
        "torch/legacy.pth",
        "safetensors/float32.safetensors"
      })
  void damagedModels(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path(name));
    Path copy = folder.resolve("model");
    int failures = 0;
    for (int seed = 0; seed < MODEL_ROUNDS; seed++) {
      Files.write(copy, damaged(bytes, new Random(seed)));
      try {
        ModelWeights.load(copy).require(TinyNetwork.mainVariables());
      } catch (WeightsException e) {
        failures++;
      }
    }
    assertThat(failures).as("damage that was noticed").isGreaterThan(MODEL_ROUNDS / 10);
  }

  /** Shards and data files, which stay whole. */
  private void copyBeside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Files.copy(each, folder.resolve(each.getFileName()));
      }
    }
  }

  private static boolean opens(Path path) {
    try (WeightsFile file = WeightsOpener.open(path)) {
      for (StoredTensor tensor : file.tensors()) {
        if (tensor.dtype().isFloat()) {
          assertThat(file.read(tensor.name()).shape()).isEqualTo(tensor.shape());
        }
      }
      return true;
    } catch (WeightsException e) {
      assertThat(e.kind()).isNotEqualTo(Kind.UNREADABLE);
      return false;
    }
  }

  private static byte[] damaged(byte[] intact, Random random) {
    byte[] bytes = intact.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        for (int i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      case 2 -> {
        int from = random.nextInt(bytes.length);
        byte extreme = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(8)), extreme);
      }
      default -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    return bytes;
  }
}
