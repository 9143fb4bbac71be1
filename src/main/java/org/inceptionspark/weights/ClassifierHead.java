package org.inceptionspark.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.SafetensorsFile;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.Fingerprint;
import org.inceptionspark.weights.names.Binding;
import org.inceptionspark.weights.names.Layout;

/**
 * A last layer for a model that keeps everything before it: logits of other classes from the same
 * prelogits. Its file is safetensors with TF-Slim's names of that layer; the metadata names the
 * classes and the model whose prelogits it was fitted to.
 *
 * @param weights {@code [1, 1, prelogits, classes]}
 * @param biases {@code [classes]}
 * @param names of the classes, in order
 * @param base the identity of the model that gave the prelogits, as in a table's {@code model}
 */
public record ClassifierHead(Tensor weights, Tensor biases, List<String> names, String base)
    implements Serializable {
  /** TF-Slim's name of the last layer's kernel. */
  public static final String WEIGHTS = "InceptionV3/Logits/Conv2d_1c_1x1/weights";

  /** The kernel after prelogits in models that have hidden layers before the last. */
  public static final String FIRST_HIDDEN = "InceptionV3/Logits/Dense_1/weights";

  private static final String BIASES = "InceptionV3/Logits/Conv2d_1c_1x1/biases";

  private static final String BASE = "inception_spark.head.base";
  private static final String CLASSES = "inception_spark.head.classes";

  public ClassifierHead {
    names = List.copyOf(names);
    int classes = names.size();
    Shape kernel = weights.shape();
    if (kernel.rank() != 4
        || kernel.elements() != kernel.dimension(2) * classes
        || !biases.shape().equals(Shape.of(classes))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a head of %d classes needs weights [1, 1, prelogits, %d] and biases [%d], found %s and %s",
              classes,
              classes,
              classes,
              kernel,
              biases.shape()));
    }
  }

  /**
   * Reads a head.
   *
   * @throws WeightsException if the file is not a head, or damaged
   */
  public static ClassifierHead load(Path path) {
    try (WeightsFile file = WeightsOpener.open(path)) {
      if (!(file instanceof SafetensorsFile head) || !head.metadata().containsKey(BASE)) {
        throw new WeightsException(
            Kind.NOT_THIS_FORMAT, path.toString(), "no head as train-head writes them");
      }
      return read(path.toString(), head);
    }
  }

  private static ClassifierHead read(String source, SafetensorsFile file) {
    Tensor weights = file.read(WEIGHTS);
    Tensor biases = file.read(BIASES);
    FiniteValues.require(source, new Binding(WEIGHTS, WEIGHTS, Layout.SLIM), weights);
    FiniteValues.require(source, new Binding(BIASES, BIASES, Layout.SLIM), biases);
    try {
      return new ClassifierHead(
          weights, biases, names(file.metadata().get(CLASSES)), file.metadata().get(BASE));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw new WeightsException(Kind.BAD_STRUCTURE, source, e.getMessage(), e);
    }
  }

  private static List<String> names(String json) throws JsonProcessingException {
    JsonNode array = new ObjectMapper().readTree(json == null ? "[]" : json);
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Writes the file whole or not at all; an existing one is replaced. */
  public void write(Path path) throws IOException {
    Map<String, String> metadata =
        Map.of(BASE, base, CLASSES, new ObjectMapper().writeValueAsString(names));
    SafetensorsWriter.write(new TreeMap<>(metadata), variables(), path);
  }

  /** The last layer under TF-Slim's names. */
  public SortedMap<String, Tensor> variables() {
    return new TreeMap<>(Map.of(WEIGHTS, weights, BIASES, biases));
  }

  /** Values that go in. */
  public int prelogits() {
    return weights.shape().dimension(2);
  }

  /**
   * The identity of the base model with this head, as 32 hex digits: the {@code model} column of
   * the rows that it labels.
   */
  public String model() {
    return Fingerprint.ofText(base + "\nhead " + Fingerprint.of(variables())).substring(0, 32);
  }
}
