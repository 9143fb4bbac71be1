package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.inceptionspark.weights.file.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as they are handed out. */
class ArchivesTest {
  @TempDir Path folder;

  private static void tar(OutputStream out, String... namesAndFixtures) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < namesAndFixtures.length; i += 2) {
        byte[] bytes = Files.readAllBytes(Fixtures.path(namesAndFixtures[i + 1]));
        TarArchiveEntry entry = new TarArchiveEntry(namesAndFixtures[i]);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }

  private Path tgz(String... namesAndFixtures) throws IOException {
    Path path = folder.resolve("model.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      tar(out, namesAndFixtures);
    }
    return path;
  }

  private static long temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(each -> each.toString().contains("inception-weights")).count();
    }
  }

  @Test
  void theReleaseOf2016() throws IOException {
    long before = temporaryFolders();
    Path path = tgz("./inception_v3.ckpt", "tf_v1/tiny.ckpt");
    ModelWeights weights = ModelWeights.load(path);
    TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
    assertThat(weights.source()).isEqualTo(path.toString());
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  @Test
  void aCheckpointOfSeveralFilesBesideOthers() throws IOException {
    Path path =
        tgz(
            "run/labels.txt", "tf_v2/tiny/checkpoint",
            "run/model.ckpt.index", "tf_v2/sharded/model.ckpt.index",
            "run/model.ckpt.data-00000-of-00002", "tf_v2/sharded/model.ckpt.data-00000-of-00002",
            "run/model.ckpt.data-00001-of-00002", "tf_v2/sharded/model.ckpt.data-00001-of-00002");
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.variables());
  }

  @Test
  void oneGzippedFile() throws IOException {
    Path path = folder.resolve("graph.pb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      Files.copy(Fixtures.path("frozen_pb/decomposed.pb"), out);
    }
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.mainVariables());
  }

  @Test
  void zipOfAModelWithManyFiles() throws IOException {
    Path path = folder.resolve("model.zip");
    Path model = Fixtures.path("tfjs/float32");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path));
        Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        zip.putNextEntry(new ZipEntry("web/" + file.getFileName()));
        Files.copy(file, zip);
      }
    }
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.mainVariables());
  }

  @Test
  void savedModel() throws IOException {
    Path variables = Files.createDirectories(folder.resolve("saved/variables"));
    Path tiny = Fixtures.path("tf_v2/object");
    Files.copy(tiny.resolve("weights.index"), variables.resolve("variables.index"));
    Files.copy(
        tiny.resolve("weights.data-00000-of-00001"),
        variables.resolve("variables.data-00000-of-00001"));
    Path graph =
        Files.write(folder.resolve("saved/saved_model.pb"), new byte[] {8, 1, 18, 2, 10, 0});
    TinyNetwork.assertLoaded(
        ModelWeights.load(folder.resolve("saved")), TinyNetwork.mainVariables());
    TinyNetwork.assertLoaded(ModelWeights.load(graph), TinyNetwork.mainVariables());
  }

  @Test
  void entriesMayNotLeaveTheArchive() throws IOException {
    Path path = tgz("../escaped.ckpt", "tf_v1/tiny.ckpt");
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": entry ../escaped.ckpt leaves the archive");
  }

  @Test
  void severalModelsAreNamed() throws IOException {
    Path path = tgz("a.ckpt", "tf_v1/tiny.ckpt", "b.pb", "frozen_pb/fused.pb");
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": an archive with several models: [a.ckpt, b.pb]");
  }

  @Test
  void damageWithinIsReportedForTheArchive() throws IOException {
    Path path = tgz("model.ckpt", "broken/v1-flip-data.ckpt");
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith(path + ": checksum of the block at offset 0 is wrong");
    Path cut = folder.resolve("cut.tgz");
    byte[] whole = Files.readAllBytes(tgz("model.ckpt", "tf_v1/tiny.ckpt"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> WeightsOpener.open(cut))
        .hasMessageStartingWith(cut + ": archive cut short or damaged: ");
  }
}
