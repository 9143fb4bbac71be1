// A record of what was asked for and the builder that asks: one line of Javadoc for each option.
package org.inceptionspark.labeler;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Arithmetic;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;

/**
 * Everything that decides what an image's row says: the weights and how they are used. Immutable
 * and serialisable, so that Spark can send it; each JVM builds one {@link BuiltNetwork} from it.
 * The first serialisation with weights runs one image through the network, for the self-check of
 * the receivers.
 */
public final class LabelerSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pictures with more pixels are refused by their header: 300 MB when decoded. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  private final ModelWeights weights;
  private final InceptionV3Options options;
  private final LabelNames labels;
  private final Preprocessing preprocessing;
  private final Orientation orientation;
  private final Decoding decoding;
  private final long maxPixels;
  private final int top;
  private final List<String> endPoints;
  private final KernelChoice kernels;
  private final Arithmetic arithmetic;
  private final EmbeddingPrecision precision;
  private final String fingerprint;

  /** Set when it leaves the JVM that made it. */
  private SelfCheck expected;

  private LabelerSpec(Builder builder) {
    ClassifierHead head = builder.head;
    weights = head == null ? builder.weights : builder.weights.withHead(head);
    endPoints = List.copyOf(builder.endPoints);
    options = ModelOptions.of(weights.traits(), endPoints);
    labels = builder.labels == null ? LabelNames.numbered(options.numClasses()) : builder.labels;
    preprocessing = Preprocessing.named(builder.preprocessing);
    orientation = builder.orientation;
    decoding = builder.decoding;
    maxPixels = builder.maxPixels;
    top = builder.top;
    kernels = builder.kernels;
    arithmetic = builder.arithmetic;
    precision = builder.precision;
    String plain = fingerprintOf(builder.weights);
    fingerprint = head == null ? plain : fingerprintOf(head, plain);
  }

  /** A copy that refers to the same weights in another place. */
  private LabelerSpec(LabelerSpec spec, ModelWeights same) {
    weights = same;
    options = spec.options;
    labels = spec.labels;
    preprocessing = spec.preprocessing;
    orientation = spec.orientation;
    decoding = spec.decoding;
    maxPixels = spec.maxPixels;
    top = spec.top;
    endPoints = spec.endPoints;
    kernels = spec.kernels;
    arithmetic = spec.arithmetic;
    precision = spec.precision;
    fingerprint = spec.fingerprint;
    expected = spec.expected().orElse(null);
  }

  /**
   * The same with its weights elsewhere: small enough to travel with each task. It includes the
   * reference for the self-check if that has been {@link ImageLabeler#createReference recorded}.
   */
  public LabelerSpec weightsAt(ModelWeights.Source place) {
    return new LabelerSpec(this, weights.at(place));
  }

  public static Builder builder(ModelWeights weights) {
    return new Builder(weights);
  }

  /**
   * The identity of the numbers, as 32 hex digits: equal for two specs exactly when the same image
   * gets the same logits from both. It covers the weights, the network's options, preprocessing,
   * orientation and decoding, and the version of the arithmetic; not label names, nor which extra
   * end points are kept, nor how exactly the embedding is.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Identifies the network: specifications with equal values may share one, whatever they say about
   * pixels, label names and how many labels are kept.
   */
  public String network() {
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %s",
        weights.fingerprint(),
        options,
        endPoints,
        kernels,
        arithmetic.version());
  }

  /** Logits per image; 0 for a model without a classifier. */
  public int classes() {
    return options.numClasses();
  }

  /** Names of the end points that are kept beside logits and prelogits. */
  public List<String> endPoints() {
    return endPoints;
  }

  /** The number of floats kept for an image: logits, embedding and the further end points. */
  public long floatsPerImage() {
    Graph graph = graph();
    return Stream.concat(ImageLabeler.results(this).stream(), endPoints.stream())
        .distinct()
        .mapToLong(name -> graph.endPoint(name).shape().elements())
        .sum();
  }

  public ModelWeights weights() {
    return weights;
  }

  public InceptionV3Options options() {
    return options;
  }

  public LabelNames labels() {
    return labels;
  }

  public Preprocessing preprocessing() {
    return preprocessing;
  }

  public Orientation orientation() {
    return orientation;
  }

  public Decoding decoding() {
    return decoding;
  }

  public long maxPixels() {
    return maxPixels;
  }

  public int top() {
    return top;
  }

  public KernelChoice kernels() {
    return kernels;
  }

  public Arithmetic arithmetic() {
    return arithmetic;
  }

  /** How exactly embeddings are kept; logits are computed from the exact ones. */
  public EmbeddingPrecision precision() {
    return precision;
  }

  /** What the network must give for the built-in image, if this comes from another JVM. */
  synchronized Optional<SelfCheck> expected() {
    return Optional.ofNullable(expected);
  }

  /** Makes this network's result for the built-in image the reference for other JVMs. */
  synchronized void expect(BuiltNetwork network) {
    if (expected == null) {
      expected = SelfCheck.run(this, network.network());
    }
  }

  /**
   * No specification leaves a JVM without the reference that the next one must reproduce. All
   * kernels give the same bits, so the fastest compute it.
   */
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    if (expected == null && weights.areHere()) {
      expect(BuiltNetwork.of(this, KernelChoice.AUTO));
    }
    out.defaultWriteObject();
  }

  Graph graph() {
    int size = InceptionV3.DEFAULT_IMAGE_SIZE;
    return InceptionV3.network(size, size, options);
  }

  /** A head fits only the model whose prelogits it was fitted to. */
  private String fingerprintOf(ClassifierHead head, String base) {
    if (!base.equals(head.base())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the head was fitted to prelogits of model %s, these weights with %s preprocessing and orientation %s%s are model %s",
              head.base(),
              preprocessing.name(),
              orientation.name().toLowerCase(Locale.ROOT),
              decoding == Decoding.FULL ? "" : ", decoded scaled,",
              base));
    }
    return head.model();
  }

  private String fingerprintOf(ModelWeights weights) {
    InceptionV3Options numbers = ModelOptions.of(weights.traits(), List.of());
    String identity =
        String.join(
            "\n", weights.fingerprint(), numbers.toString(), pixels(), arithmetic.version());
    MessageDigest digest = Sha256.digest();
    byte[] hash = digest.digest(identity.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private String pixels() {
    String pixels = preprocessing.name() + " " + InceptionV3.DEFAULT_IMAGE_SIZE + " " + orientation;
    return decoding == Decoding.FULL ? pixels : pixels + " " + decoding;
  }

  /** Options that are not set keep their defaults. */
  public static final class Builder {
    private final ModelWeights weights;
    private LabelNames labels;
    private String preprocessing;
    private Orientation orientation = Orientation.APPLY;
    private Decoding decoding = Decoding.FULL;
    private long maxPixels = DEFAULT_MAX_PIXELS;
    private int top = 5;
    private List<String> endPoints = List.of();
    private KernelChoice kernels = KernelChoice.AUTO;
    private Arithmetic arithmetic = Arithmetic.MINIMAL_FILTERS;
    private EmbeddingPrecision precision = EmbeddingPrecision.FLOAT32;

    private ClassifierHead head;

    private Builder(ModelWeights weights) {
      this.weights = weights;
      this.preprocessing = weights.traits().preprocessing();
    }

    /** Class names; by default, class numbers. */
    public Builder labels(LabelNames names) {
      labels = names;
      return this;
    }

    /** Another last layer, and its label names. */
    public Builder head(ClassifierHead classifier) {
      head = classifier;
      labels = LabelNames.of("of the head", classifier.names());
      return this;
    }

    /** By default the one that the model was trained with. */
    public Builder preprocessing(String name) {
      preprocessing = name;
      return this;
    }

    public Builder orientation(Orientation choice) {
      orientation = choice;
      return this;
    }

    /** Part of the fingerprint, unlike the kernels. */
    public Builder decoding(Decoding choice) {
      decoding = choice;
      return this;
    }

    public Builder maxPixels(long pixels) {
      maxPixels = pixels;
      return this;
    }

    /** The number of labels kept for each image. */
    public Builder top(int count) {
      top = count;
      return this;
    }

    /** Further end points to keep, by Slim's names. */
    public Builder endPoints(List<String> names) {
      endPoints = names;
      return this;
    }

    public Builder kernels(KernelChoice choice) {
      kernels = choice;
      return this;
    }

    /** The order of sums; part of the fingerprint, unlike the kernels. */
    public Builder arithmetic(Arithmetic choice) {
      arithmetic = choice;
      return this;
    }

    /** How exactly embeddings are kept. */
    public Builder precision(EmbeddingPrecision choice) {
      precision = choice;
      return this;
    }

    /**
     * Kernels and arithmetic by the option's value; {@code exact} is {@link Arithmetic#DIRECT}.
     *
     * @throws IllegalArgumentException if it is none of auto, vector, scalar and exact
     */
    public Builder kernels(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "auto" -> kernels(KernelChoice.AUTO);
        case "vector" -> kernels(KernelChoice.VECTOR);
        case "scalar" -> kernels(KernelChoice.SCALAR);
        case "exact" -> arithmetic(Arithmetic.DIRECT);
        default ->
            throw new IllegalArgumentException(
                "kernels must be auto, vector, scalar or exact, found " + word);
      };
    }

    /**
     * Checks that weights, names and end points suit one another.
     *
     * @throws IllegalArgumentException if an option does not suit the model
     * @throws org.inceptionspark.weights.file.WeightsException if the weights are of another
     *     network
     */
    public LabelerSpec build() {
      if (top < 1) {
        throw new IllegalArgumentException("top must be at least 1: found " + top);
      }
      LabelerSpec spec = new LabelerSpec(this);
      spec.labels.requireClasses(spec.classes());
      Graph graph = spec.graph();
      spec.endPoints.forEach(graph::endPoint);
      spec.weights.require(graph.variables());
      return spec;
    }
  }
}
