package org.inceptionspark.labeler;

import java.util.List;
import org.inceptionspark.nn.run.Network;

/**
 * A model that is ready to label: batch norm folded, weights packed. Immutable; one per JVM serves
 * all threads, each through its own stream.
 */
public final class ImageLabeler {
  static final String LOGITS = "Logits";

  private final LabelerSettings rules;
  private final Network network;

  ImageLabeler(LabelerSpec spec, Network network) {
    this.rules = LabelerSettings.of(spec);
    this.network = network;
  }

  /**
   * Builds the network; takes a second or two. For a specification from another JVM, the network
   * must give the same bits here as there.
   *
   * @throws IllegalStateException if it does not, or if vector kernels are demanded of a JVM
   *     without them
   */
  public static ImageLabeler create(LabelerSpec spec) {
    return BuiltNetwork.of(spec).labeler(spec);
  }

  /**
   * Builds the network and records in the specification what it gives for the built-in image, as
   * the reference for the JVMs that the specification is sent to.
   */
  public static ImageLabeler createReference(LabelerSpec spec) {
    BuiltNetwork network = BuiltNetwork.of(spec);
    spec.expect(network);
    return new ImageLabeler(spec, network.network());
  }

  /** The end points of every image. */
  static List<String> results(LabelerSpec spec) {
    return spec.classes() > 0 ? List.of(embedding(spec), LOGITS) : List.of(embedding(spec));
  }

  /**
   * Memory for one thread.
   *
   * @param maxBatch images that pass through the network together; 8 is as fast as any
   */
  public LabelerStream stream(int maxBatch) {
    return new LabelerStream(rules, network.input(), network.stream(maxBatch));
  }

  /** A stream that reuses the memory of a finished thread's stream. */
  public LabelerStream stream(LabelerStream done) {
    return done.under(rules, network);
  }

  /** The kernels in use, for the log. */
  public String kernels() {
    return network.kernels().description();
  }

  /** PreLogits is the pooled map; a network without logits names it only after the pool. */
  static String embedding(LabelerSpec spec) {
    return spec.classes() > 0 ? "PreLogits" : "AvgPool_1a";
  }
}
