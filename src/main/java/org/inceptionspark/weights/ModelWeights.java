package org.inceptionspark.weights;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;
import org.inceptionspark.weights.file.UnpackedWeights;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.Fingerprint;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.names.MissingVariables;
import org.inceptionspark.weights.names.Translation;
import org.inceptionspark.weights.names.Translations;

/**
 * The variables of one trained Inception V3 under TF-Slim's names and in its layouts, whatever file
 * they came from. Immutable: callers must not write to the arrays. Variables loaded from a file
 * stay in it, mapped or open, and are read on demand, so the file must not be overwritten while
 * they are in use; a deserialised copy has them in memory. Serialises in blocks, since Spark
 * broadcasts it.
 */
public final class ModelWeights implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NAMED = 5;
  private static final String LOGITS = "InceptionV3/Logits/";

  private final transient String source;
  private final transient String format;
  private final transient NetworkVariant traits;
  private final transient Map<String, Tensor> variables;
  private final transient Map<String, Shape> shapes;
  private final transient String fingerprint;

  /** Null if the variables are here. */
  private final transient Source elsewhere;

  /**
   * Where a model's variables are, if they do not travel with its description. Called each time
   * that a variable is needed; results are not kept.
   */
  public interface Source extends Serializable {
    /** The same weights, with variables. */
    ModelWeights weights();
  }

  private ModelWeights(
      String source,
      String format,
      NetworkVariant traits,
      Map<String, Tensor> variables,
      Map<String, Shape> shapes,
      String fingerprint,
      Source elsewhere) {
    this.source = source;
    this.format = format;
    this.traits = traits;
    this.variables = elsewhere == null ? Collections.unmodifiableMap(variables) : Map.of();
    this.shapes = shapes;
    this.fingerprint = fingerprint;
    this.elsewhere = elsewhere;
  }

  /** With variables in memory, in name order. */
  ModelWeights(
      String source,
      String format,
      NetworkVariant traits,
      SortedMap<String, Tensor> variables,
      String fingerprint) {
    this(source, format, traits, variables, shapes(variables), fingerprint, null);
  }

  /** The weights that a {@link RemoteWeights} describes. */
  ModelWeights(
      String source,
      String format,
      NetworkVariant traits,
      Map<String, Shape> shapes,
      String fingerprint,
      Source elsewhere) {
    this(source, format, traits, Map.of(), shapes, fingerprint, elsewhere);
  }

  /**
   * Reads a model from a file of any known format; see {@link WeightsOpener#open}.
   *
   * @throws WeightsException if it cannot be read or holds no Inception V3
   */
  public static ModelWeights load(Path path) {
    return load(path, LoadOptions.DEFAULT);
  }

  /** Like {@link #load(Path)}, with what the user knows better than the file. */
  public static ModelWeights load(Path path, LoadOptions options) {
    String source = path.toString();
    WeightsFile opened = WeightsOpener.open(path);
    try {
      WeightsFile file = ChosenWeights.of(opened, source, options);
      ModelWeights told = read(file, source, Translations.of(file, source, options.averages()));
      if (file instanceof UnpackedWeights unpacked) {
        unpacked.removeFolder();
      }
      NetworkVariant known = options.applyTo(told.traits);
      return new ModelWeights(
          source, told.format, known, told.variables, told.shapes, told.fingerprint, null);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Reads every value once. */
  static ModelWeights read(WeightsFile file, String source, Translation translation) {
    MissingVariables.require(file, source, translation.bindings());
    StoredVariables variables = new StoredVariables(file, source, translation.bindings());
    SortedMap<String, Shape> shapes = new TreeMap<>();
    Fingerprint fingerprint = new Fingerprint();
    variables
        .bindings()
        .forEach(
            (name, binding) -> {
              Tensor tensor = variables.read(binding);
              FiniteValues.require(source, binding, tensor);
              shapes.put(name, tensor.shape());
              fingerprint.add(name, tensor);
            });
    return new ModelWeights(
        source,
        file.format().toString(),
        VariantDetection.of(translation, shapes),
        variables,
        shapes,
        fingerprint.hex(),
        null);
  }

  /**
   * Weights made in memory, TF-Slim's names and layouts.
   *
   * @param source what messages call them
   */
  public static ModelWeights of(String source, Map<String, Tensor> variables) {
    Translation slim = Translation.of(ModelFamily.SLIM, OutputActivation.SOFTMAX, List.of());
    SortedMap<String, Tensor> sorted = new TreeMap<>(variables);
    return new ModelWeights(
        source,
        "in memory",
        VariantDetection.of(slim, shapes(sorted)),
        sorted,
        Fingerprint.of(sorted));
  }

  private static Map<String, Shape> shapes(SortedMap<String, Tensor> variables) {
    SortedMap<String, Shape> shapes = new TreeMap<>();
    variables.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /**
   * The network up to its prelogits with another last layer. Hidden layers and an auxiliary
   * classifier of the previous classes are dropped.
   */
  public ModelWeights withHead(ClassifierHead head) {
    ReplacedVariables kept =
        new ReplacedVariables(
            variables(),
            name -> name.startsWith(LOGITS) || name.startsWith("InceptionV3/AuxLogits/"),
            head.variables());
    SortedMap<String, Shape> kernels = new TreeMap<>(shapes);
    kernels.keySet().retainAll(kept.keySet());
    head.variables().forEach((name, tensor) -> kernels.put(name, tensor.shape()));
    Fingerprint bits = new Fingerprint();
    kept.forEach(bits::add);
    NetworkVariant changed = traits.withHead(head.names().size());
    return new ModelWeights(source, format, changed, kept, kernels, bits.hex(), null);
  }

  /** The same with its variables elsewhere: only their small description travels. */
  public ModelWeights at(Source place) {
    return new ModelWeights(source, format, traits, shapes, fingerprint, place);
  }

  /** Whether the variables are part of this, and travel with it. */
  public boolean areHere() {
    return elsewhere == null;
  }

  /** Tensors by TF-Slim's name, in name order; kernels HWIO. */
  public Map<String, Tensor> variables() {
    return elsewhere == null ? variables : elsewhere.weights().variables();
  }

  public NetworkVariant traits() {
    return traits;
  }

  /** SHA-256 over names, shapes and bits of all variables, as 64 hex digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The kind of file, in words. */
  public String format() {
    return format;
  }

  /** The file they came from. */
  public String source() {
    return source;
  }

  /**
   * Checks that everything a network needs is here and fits; there may be more.
   *
   * @throws WeightsException MISSING_TENSOR or WRONG_SHAPE
   */
  public void require(List<Variable> needed) {
    List<String> missing = new ArrayList<>();
    for (Variable variable : needed) {
      if (!shapes.containsKey(variable.name())) {
        missing.add(variable.name());
      }
    }
    if (!missing.isEmpty()) {
      String more =
          missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "";
      throw new WeightsException(
          Kind.MISSING_TENSOR,
          source,
          missing.size()
              + " of "
              + needed.size()
              + " variables are missing: "
              + String.join(", ", missing.subList(0, Math.min(missing.size(), MOST_NAMED)))
              + more);
    }
    for (Variable variable : needed) {
      requireShape(variable.name(), variable.shape(), shapes.get(variable.name()));
    }
  }

  private void requireShape(String name, Shape needed, Shape found) {
    if (!needed.equals(found)) {
      throw new WeightsException(
              Kind.WRONG_SHAPE,
              source,
              "shape " + found + " where the network needs " + needed + hint(needed, found))
          .about(name);
    }
  }

  private static String hint(Shape needed, Shape found) {
    boolean vectors = needed.rank() > 0 && found.rank() > 0;
    return vectors && Math.abs(needed.lastDimension() - found.lastDimension()) == 1
        ? "; TF-Slim's models have a background class before the others, Keras' and torch's do not"
        : "";
  }

  private Object writeReplace() {
    return elsewhere == null
        ? new SerializedWeights(source, format, traits, variables, fingerprint)
        : new RemoteWeights(source, format, traits, new TreeMap<>(shapes), fingerprint, elsewhere);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("read through SerializedWeights");
  }
}
