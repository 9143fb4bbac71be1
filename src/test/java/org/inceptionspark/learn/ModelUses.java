package org.inceptionspark.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ModelVariant;
import org.inceptionspark.job.PixelOptions;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.ClassifierHead;

/**
 * A day of a session such as PySpark's: it uses a model of full size again and again, under changed
 * settings, and keeps every table that it has made. Prints a line at the end.
 */
final class ModelUses {
  static final String DONE = "heap in use after the last: ";

  private static final Path MODEL = Path.of("src/quickstart/model");
  private static final Path PHOTOGRAPH = Path.of("src/quickstart/photos/fig.jpg");

  private final Path directory;
  private final SparkSession spark;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  private ModelUses(Path directory, SparkSession spark) {
    this.directory = directory;
    this.spark = spark;
  }

  /**
   * @param args an empty directory
   */
  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.port", "0")
            .config("spark.sql.extensions", "org.inceptionspark.search.InceptionSparkExtensions")
            .getOrCreate();
    ModelUses day = new ModelUses(Path.of(args[0]), spark);
    day.transforms(100);
    day.settings();
    System.gc();
    Runtime heap = Runtime.getRuntime();
    System.out.println(DONE + ((heap.totalMemory() - heap.freeMemory()) >> 20) + " MB");
    spark.stop();
  }

  private void transforms(int count) {
    Dataset<Row> photographs =
        spark.read().format("binaryFile").load(PHOTOGRAPH.toString()).select("content");
    photographs.createOrReplaceTempView("photographs");
    InceptionV3Featurizer featurizer =
        new InceptionV3Featurizer().setWeights(MODEL.resolve("model.json").toString());
    Object first = use(featurizer.transform(photographs)).get("features");
    for (int i = 1; i < count; i++) {
      same(first, use(featurizer.transform(photographs)).get("features"));
    }
  }

  private void settings() throws IOException {
    String weights = MODEL.resolve("model.json").toString();
    spark.conf().set("spark.inceptionspark.weights", weights);
    Object first = prelogits();
    kept.add(spark.sql("SELECT label_image(X'00').error.kind AS prelogits"));
    kept.get(kept.size() - 1).head();
    for (String word : List.of("ignore", "apply", "ignore", "apply", "ignore", "apply")) {
      set("orientation", word);
      same(first, prelogits());
    }
    for (String names : List.of("one two three four five", "eins zwei drei vier acht")) {
      Path file = Files.writeString(directory.resolve(names), names.replace(' ', '\n') + "\n");
      set("labels", file.toString());
      same(first, prelogits());
    }
    for (String name : List.of("keras", "slim", "keras", "slim", "keras", "slim")) {
      set("preprocessing", name);
      prelogits();
    }
    Object slim = prelogits();
    for (int i = 0; i < 3; i++) {
      set("head", head(i, weights).toString());
      same(slim, prelogits());
    }
    set("head", "");
    for (int i = 0; i < 3; i++) {
      set("weights", otherWeights(i).toString());
      differs(slim, prelogits());
    }
  }

  private void set(String name, String value) {
    spark.conf().set("spark.inceptionspark." + name, value);
  }

  private Object prelogits() {
    return use(spark.sql("SELECT label_image(content).prelogits AS prelogits FROM photographs"))
        .get("prelogits");
  }

  private Map<String, String> use(Dataset<Row> table) {
    kept.add(table);
    Row row = table.head();
    String column = List.of(table.columns()).contains("features") ? "features" : "prelogits";
    Object values = row.getAs(column);
    if (values == null) {
      throw new AssertionError("nothing of the photograph: " + row);
    }
    return Map.of(column, values.toString());
  }

  private static void same(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("other values than at first");
    }
  }

  private static void differs(Object first, Object found) {
    if (first.equals(found)) {
      throw new AssertionError("the values of other weights");
    }
  }

  /** A head that fits the weights, with a bias of its own. */
  private Path head(int number, String weights) throws IOException {
    String base =
        new ModelRequest(
                weights,
                ModelVariant.of(
                    new PixelOptions("apply", "full", Optional.of("slim")), Optional.empty()),
                ResultOptions.of(Optional.empty(), 5))
            .load(new Configuration())
            .fingerprint();
    Path file = directory.resolve("head-" + number + ".safetensors");
    float[] biases = {number, 1};
    new ClassifierHead(
            new Tensor(Shape.of(1, 1, 2048, 2), new float[2048 * 2]),
            new Tensor(Shape.of(2), biases),
            List.of("a", "b"),
            base)
        .write(file);
    return file;
  }

  /** The model with one scale changed. */
  private Path otherWeights(int number) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("model-" + number));
    try (var files = Files.list(MODEL)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(
            folder.resolve(file.getFileName().toString()), file.toAbsolutePath());
      }
    }
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    Files.delete(json);
    return Files.writeString(
        json,
        text.replaceFirst(
            "(\"quantization\": ?\\{[^}]*\"scale\": ?)[0-9.eE-]+", "$10.0" + (number + 2)));
  }
}
