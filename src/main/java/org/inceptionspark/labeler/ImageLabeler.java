package org.inceptionspark.labeler;

import java.util.List;
import org.inceptionspark.nn.run.Network;

/**
 * A model ready to label: batch norm folded, weights packed. Immutable; one per JVM serves all its
 * threads, each through a stream of its own.
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
   * Builds the network; takes a second or two. A specification that comes from another JVM is
   * labelled with only if the network gives the bits here that it gave there.
   *
   * @throws IllegalStateException if it does not, or if vector kernels are demanded of a JVM
   *     without them
   */
  public static ImageLabeler create(LabelerSpec spec) {
    return BuiltNetwork.of(spec).labeler(spec);
  }

  /**
   * Builds the network and notes in the specification what it gives of the built-in image: to that
   * are held the JVMs to which the specification goes.
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

  /** The memory of a thread that is done, for the images of this. */
  public LabelerStream stream(LabelerStream done) {
    return done.under(rules, network);
  }

  /** Which arithmetic is used, for the log. */
  public String kernels() {
    return network.kernels().description();
  }

  /** PreLogits is the pooled map; a network without logits has it under the pool's name only. */
  static String embedding(LabelerSpec spec) {
    return spec.classes() > 0 ? "PreLogits" : "AvgPool_1a";
  }
}
