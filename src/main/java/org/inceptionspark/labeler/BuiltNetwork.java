package org.inceptionspark.labeler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.run.Network;

/**
 * The network of a specification, 100 MB and more. It serves all specifications of the {@link
 * LabelerSpec#network() same network}: what they say about pixels and names takes almost no memory.
 */
public final class BuiltNetwork {
  private final String name;
  private final Network network;
  private final Set<SelfCheck> passed = ConcurrentHashMap.newKeySet();

  private BuiltNetwork(String name, Network network) {
    this.name = name;
    this.network = network;
  }

  /**
   * Builds it; takes a second or two.
   *
   * @throws IllegalStateException if vector kernels are demanded of a JVM without them
   */
  public static BuiltNetwork of(LabelerSpec spec) {
    return of(spec, spec.kernels());
  }

  static BuiltNetwork of(LabelerSpec spec, KernelChoice kernels) {
    List<String> endPoints = new ArrayList<>(spec.endPoints());
    endPoints.addAll(ImageLabeler.results(spec));
    Network network =
        Network.build(
            spec.graph(),
            spec.weights().variables(),
            endPoints,
            KernelSelector.select(kernels),
            spec.arithmetic());
    return new BuiltNetwork(spec.network(), network);
  }

  /**
   * A labeler that shares this. If the specification comes from another JVM, the self-check's image
   * is computed first, unless it has been for the same settings.
   *
   * @throws IllegalArgumentException if the specification is of another network
   * @throws IllegalStateException if the network gives other bits here than it gave there
   */
  public ImageLabeler labeler(LabelerSpec spec) {
    if (!spec.network().equals(name)) {
      throw new IllegalArgumentException("network " + name + " is not " + spec.network());
    }
    if (spec.expected().isPresent() && !passed.contains(spec.expected().get())) {
      SelfCheck expected = spec.expected().get();
      expected.require(SelfCheck.run(spec, network), network.kernels().description());
      passed.add(expected);
    }
    return new ImageLabeler(spec, network);
  }

  /** Bytes of the packed weights. */
  public long bytes() {
    return network.bytes();
  }

  Network network() {
    return network;
  }
}
