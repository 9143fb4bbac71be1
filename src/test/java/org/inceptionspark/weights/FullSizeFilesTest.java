package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.NetworkGolden;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of the network at its full size, each by its real writer: the values are the formula's, the
 * logits those of TF-Slim or of the library that wrote the file. {@code
 * src/test/python/full_size.py} makes them, 2 GB, in the folder that {@code -Dweights.full} names.
 * What was measured goes to {@code target/full-size-files.tsv}.
 */
@EnabledIfSystemProperty(named = "weights.full", matches = ".+")
class FullSizeFilesTest {
  private static final String IMAGES = "full-299";
  private static final int CLASSES = 1001;

  /** A line of the script's list. */
  record Written(
      Path folder,
      String name,
      WeightsFormat format,
      String type,
      boolean auxiliary,
      String logits) {
    static Written parse(Path folder, String line) {
      String[] cells = line.split("\t");
      WeightsFormat format = WeightsFormat.valueOf(cells[1]);
      return new Written(folder, cells[0], format, cells[2], cells[3].equals("aux"), cells[4]);
    }

    Path path() {
      return folder.resolve(name);
    }

    boolean wholePrecision() {
      return List.of("float32", "folded").contains(type);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Written> written() throws IOException {
    Path folder = Path.of(System.getProperty("weights.full"));
    try (Stream<Path> lists = Files.list(folder)) {
      return lists
          .filter(list -> list.toString().endsWith(".tsv"))
          .sorted()
          .flatMap(FullSizeFilesTest::lines)
          .map(line -> Written.parse(folder, line))
          .toList()
          .stream();
    }
  }

  private static Stream<String> lines(Path list) {
    try {
      return Files.readAllLines(list).stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void holdsTheFormulaAndGivesTheLogits(Written file) throws IOException {
    int tensors;
    try (WeightsFile opened = WeightsOpener.open(file.path())) {
      assertThat(opened.format()).isEqualTo(file.format());
      tensors = opened.tensors().size();
    }
    long start = System.nanoTime();
    ModelWeights weights = ModelWeights.load(file.path());
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(weights.traits().classes()).isEqualTo(CLASSES);
    assertThat(weights.traits().depthMultiplier()).isEqualTo(1.0);
    if (!file.type().equals("folded")) {
      variables(file).forEach(variable -> assertValues(weights, variable, file.type()));
    }
    double error = logitsError(file, LoadedNetwork.run(weights, IMAGES));
    note(file, tensors, seconds, error);
    assertThat(error).isLessThan(file.wholePrecision() ? 1e-5 : 0.2);
  }

  private static List<Variable> variables(Written file) {
    InceptionV3Options.Builder options = InceptionV3Options.builder(CLASSES);
    if (!file.auxiliary()) {
      options.withoutAuxLogits();
    }
    return InceptionV3.network(299, 299, options.build()).variables();
  }

  private static void assertValues(ModelWeights weights, Variable variable, String type) {
    Tensor found = weights.variables().get(variable.name());
    assertThat(found).as(variable.name()).isNotNull();
    assertThat(found.shape()).isEqualTo(variable.shape());
    float[] formula = Formula.variable(variable.name(), variable.shape()).data();
    if (type.equals("float32")) {
      assertThat(Arrays.equals(found.data(), formula)).as(variable.name()).isTrue();
      return;
    }
    float step = step(formula, type);
    for (int i = 0; i < formula.length; i++) {
      float tolerance = type.startsWith("uint") ? step : step * Math.abs(formula[i]) + 0x1p-24f;
      assertThat(found.data()[i]).as(variable.name()).isCloseTo(formula[i], within(tolerance));
    }
  }

  /** Half a unit in the last place of a narrow float, relative; the step of a quantised one. */
  private static float step(float[] values, String type) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return switch (type) {
      case "float16" -> 0x1p-11f;
      case "bfloat16" -> 0x1p-8f;
      case "uint16" -> (most - least) / 65535;
      default -> (most - least) / 255;
    };
  }

  /** Euclidean length of the difference over that of the expected logits. */
  private static double logitsError(Written file, NetworkStream stream) throws IOException {
    float[] expected =
        file.logits().equals("slim")
            ? NetworkGolden.named(IMAGES).whole("Logits")
            : floats(file.folder().resolve(file.logits()));
    double difference = 0;
    double norm = 0;
    for (int image = 0; image < 2; image++) {
      float[] found = stream.result("Logits", image);
      for (int i = 0; i < CLASSES; i++) {
        double wanted = expected[image * CLASSES + i];
        difference += (found[i] - wanted) * (found[i] - wanted);
        norm += wanted * wanted;
      }
    }
    return Math.sqrt(difference / norm);
  }

  private static float[] floats(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static void note(Written file, int tensors, double seconds, double error)
      throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%s\t%s\t%s\t%d tensors\t%.2f s\t%.1e%n",
            file.name(),
            file.format(),
            file.type(),
            tensors,
            seconds,
            error);
    Files.writeString(
        Path.of("target/full-size-files.tsv"),
        line,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
