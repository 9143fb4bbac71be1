package org.inceptionspark.nn;

import java.util.List;

/**
 * One operation of a graph.
 *
 * @param index position in the graph's order; inputs come earlier
 * @param scope Slim's variable scope, such as {@code InceptionV3/Mixed_5b/Branch_0/Conv2d_0a_1x1}
 * @param inputs the nodes it reads
 * @param output the shape of one image's result
 */
public record Node(int index, String scope, Layer layer, List<Node> inputs, MapShape output) {
  /** The single input of everything but a concatenation. */
  public Node input() {
    return inputs.get(0);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public String toString() {
    return scope + " " + output;
  }
}
