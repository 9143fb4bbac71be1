package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.io.IOUtils;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.tensor.Variable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network at its full size, as the release of 2016 has it. */
@Tag("slow")
class FullSizeTest {
  @TempDir Path folder;

  @Test
  void writtenAndReadAgain() throws IOException, InterruptedException {
    List<Variable> variables =
        InceptionV3.network(299, 299, InceptionV3Options.of(1001)).variables();
    ModelWeights weights = ModelWeights.of("formula", Formula.variables(variables));
    assertThat(weights.variables()).hasSize(388);
    Path path = folder.resolve("full.safetensors");
    SafetensorsWriter.write(weights, path);
    assertThat(Files.size(path)).isBetween(108_728_776L, 108_800_000L);
    ModelWeights again = ModelWeights.load(path);
    again.require(variables);
    assertThat(again.fingerprint()).isEqualTo(weights.fingerprint());
    assertThat(again.traits()).isEqualTo(weights.traits());
    assertThat(again.traits().depthMultiplier()).isEqualTo(1.0);
    assertLabelsWithin(3 * Files.size(path), path);
  }

  /** A JVM with so much heap reads the file, builds the network and labels a photograph. */
  private void assertLabelsWithin(long heap, Path path) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:+UseG1GC",
                "-Xmx" + heap,
                "-cp",
                classPath(),
                LabelOnce.class.getName(),
                path.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    assertThat(output).content().contains("probability");
  }

  /** Without Spark and Hadoop: a JVM keeps each jar's directory on its heap, 25 MB for all. */
  private static String classPath() {
    return Stream.of(
            LabelOnce.class,
            ModelWeights.class,
            JsonFactory.class,
            ObjectMapper.class,
            JsonProperty.class,
            ArchiveEntry.class,
            IOUtils.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
