package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.OnnxModel;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.onnx.ChannelsFirst;
import org.inceptionspark.weights.ModelWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The forward pass beside every other engine, and the whole job beside what one would write with
 * other libraries. Engines run in one thread each, in turn, on the same photographs; the distance
 * of their embeddings from float32's is printed with their times. Jobs are processes of their own,
 * timed from their start to the written table.
 */
@Command(
    name = "benchmark.sh --peers",
    mixinStandardHelpOptions = true,
    description = "Times the forward pass and the job beside other libraries'.",
    footer = "benchmark.sh installs these with pip into target/peers.")
final class PeersBenchmark implements Callable<Integer> {
  private static final List<String> ENGINES =
      List.of("onnxruntime", "openvino", "openvino-bfloat16", "onnxruntime-int8", "openvino-int8");
  private static final long MOST_PIXELS = 100_000_000;

  @Option(names = "--python", required = true, description = "With the libraries.")
  private Path python;

  @Option(names = "--images", defaultValue = "src/quickstart/photos", description = "JPEGs.")
  private Path images;

  @Option(
      names = "--weights",
      defaultValue = "src/quickstart/model/model.json",
      description = "Weight file.")
  private Path weights;

  @Mixin private RoundOptions runs;

  @Option(
      names = "--count",
      split = ",",
      defaultValue = "12,1200",
      description = "Photographs of a job; 0 for no jobs (${DEFAULT-VALUE}).")
  private List<Integer> counts;

  @Option(names = "--cores", defaultValue = "2", description = "Of a job (${DEFAULT-VALUE}).")
  private int cores;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("inception-spark-peers");
    try {
      ModelWeights loaded = ModelWeights.load(weights);
      LabelerSpec spec = LabelerSpec.builder(loaded).preprocessing("slim").build();
      Path model = Files.write(directory.resolve("model.onnx"), OnnxModel.of(loaded));
      out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
      if (runs.rounds() > 0) {
        timeEngines(spec, model, directory);
      }
      PeerJobs jobs = new PeerJobs(python, weights, model, cores, directory);
      for (int count : counts) {
        if (count > 0) {
          jobs.time(photographs(), count, out);
        }
      }
      return 0;
    } finally {
      JobOptions.delete(directory);
    }
  }

  private List<Path> photographs() throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private void timeEngines(LabelerSpec spec, Path model, Path directory) throws Exception {
    int size = InceptionV3.DEFAULT_IMAGE_SIZE;
    Graph graph = InceptionV3.network(size, size, spec.options());
    MapShape shape = graph.input().output();
    List<Path> files = photographs();
    float[] pixels = pixels(files, shape);
    Path batchFile = directory.resolve("batch.bin");
    write(ChannelsFirst.of(first(pixels, shape), shape.pixels()), batchFile);
    Path calibration = directory.resolve("calibration.bin");
    write(ChannelsFirst.of(pixels, shape.pixels()), calibration);
    List<Engine> engines = new ArrayList<>();
    try {
      engines.add(
          new OwnEngine(
              graph, spec.weights().variables(), first(pixels, shape), KernelChoice.AUTO));
      List<Path> inputs = List.of(model, batchFile, calibration);
      for (String kind : ENGINES) {
        engines.add(new PythonEngine(python, kind, inputs, runs.batch(), directory.resolve("log")));
      }
      time(engines);
    } finally {
      engines.forEach(Engine::close);
    }
  }

  private float[] first(float[] pixels, MapShape shape) {
    float[] taken = new float[runs.batch() * shape.elements()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = pixels[i % pixels.length];
    }
    return taken;
  }

  private static float[] pixels(List<Path> files, MapShape shape) throws Exception {
    ImageDecoder decoder = new ImageDecoder(Orientation.IGNORE, MOST_PIXELS);
    Preprocessing slim = Preprocessing.named("slim");
    float[] pixels = new float[files.size() * shape.elements()];
    for (int i = 0; i < files.size(); i++) {
      decoder.decodeInto(
          Files.readAllBytes(files.get(i)),
          slim,
          shape.width(),
          shape.height(),
          pixels,
          i * shape.elements());
    }
    return pixels;
  }

  private static void write(float[] values, Path file) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private void time(List<Engine> engines) {
    for (int i = 0; i < runs.warmUp(); i++) {
      engines.forEach(Engine::run);
    }
    List<Times> times = engines.stream().map(engine -> new Times()).toList();
    for (int round = 0; round < runs.rounds(); round++) {
      for (int i = 0; i < engines.size(); i++) {
        times.get(i).measure(engines.get(i), runs.batch());
      }
    }
    float[] exact = engines.get(0).prelogits();
    out.printf(
        "ms an image, one thread, batch %d, %d rounds in turn%n", runs.batch(), runs.rounds());
    out.printf("%-34s %8s %8s %8s %14s%n", "", "median", "min", "ratio", "least cosine");
    for (int i = 0; i < engines.size(); i++) {
      out.printf(
          "%-34s %8.1f %8.1f %8.2f %14.5f%n",
          engines.get(i).name(),
          times.get(i).median(),
          times.get(i).minimum(),
          times.get(0).median() / times.get(i).median(),
          leastCosine(exact, engines.get(i).prelogits()));
    }
  }

  private double leastCosine(float[] exact, float[] other) {
    int width = exact.length / runs.batch();
    double least = 1;
    for (int image = 0; image < runs.batch(); image++) {
      double product = 0;
      double squares = 0;
      double others = 0;
      for (int i = image * width; i < (image + 1) * width; i++) {
        product += (double) exact[i] * other[i];
        squares += (double) exact[i] * exact[i];
        others += (double) other[i] * other[i];
      }
      least = Math.min(least, product / Math.sqrt(squares * others));
    }
    return least;
  }
}
