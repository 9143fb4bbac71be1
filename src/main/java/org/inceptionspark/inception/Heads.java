package org.inceptionspark.inception;

import static org.inceptionspark.nn.Op.k;

import java.util.Locale;
import org.inceptionspark.nn.Activation;
import org.inceptionspark.nn.GraphBuilder;
import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.nn.Padding;
import org.inceptionspark.tensor.Shape;

/** The two heads of Slim's {@code inception_v3}: auxiliary and main. Sizes are for 299 x 299. */
final class Heads {
  private static final Window POINTWISE = new Window(k(1, 1), 1, Padding.SAME);

  private final GraphBuilder builder;
  private final InceptionV3Options options;

  Heads(GraphBuilder builder, InceptionV3Options options) {
    this.builder = builder;
    this.options = options;
  }

  /**
   * Reads Mixed_6e. The pool is never reduced for small images, so they need at least 107 pixels a
   * side.
   */
  void addAuxLogits(Node mixed6e) { //                                          17 x 17 x 768
    String scope = InceptionV3.SCOPE + "/AuxLogits";
    Window pool = new Window(k(5, 5), 3, Padding.VALID);
    Node node = builder.averagePool(scope + "/AvgPool_1a_5x5", mixed6e, pool); // 5 x 5 x 768
    node = conv(scope + "/Conv2d_1b_1x1", node, POINTWISE, 128); //               5 x 5 x 128
    KernelSize kernel = k(5, 5).reducedTo(node.output());
    Window whole = new Window(kernel, 1, Padding.VALID);
    node = conv(scope + "/Conv2d_2a_" + kernel, node, whole, 768); //             1 x 1 x 768
    node = logits(scope + "/Conv2d_2b_1x1", node); //                             1 x 1 x classes
    builder.endPoint("AuxLogits", node, logitsShape("AuxLogits", node.output()));
  }

  /** Pools Mixed_7c. Slim's pool has its default stride of 2 here, which shows from 363 pixels. */
  Node addPool(Node mixed7c) { //                                                 8 x 8 x 2048
    String scope = InceptionV3.SCOPE + "/Logits";
    MapShape map = mixed7c.output();
    if (options.globalPool()) {
      Window all = new Window(k(map.height(), map.width()), 1, Padding.VALID);
      Node pooled = builder.averagePool(scope + "/GlobalPool", mixed7c, all); //  1 x 1 x 2048
      builder.endPoint("global_pool", pooled);
      return pooled;
    }
    KernelSize kernel = k(8, 8).reducedTo(map);
    Window window = new Window(kernel, 2, Padding.VALID);
    Node pooled = builder.averagePool(scope + "/AvgPool_1a_" + kernel, mixed7c, window);
    builder.endPoint("AvgPool_1a", pooled); //                                    1 x 1 x 2048
    return pooled;
  }

  void addLogits(Node pooled) { //                                                1 x 1 x 2048
    String scope = InceptionV3.SCOPE + "/Logits";
    builder.endPoint("PreLogits", pooled);
    Node node = pooled;
    for (int i = 0; i < options.hiddenUnits().size(); i++) {
      node =
          builder.convolution(
              scope + "/Dense_" + (i + 1),
              node,
              POINTWISE,
              options.hiddenUnits().get(i),
              Normalization.BIASES,
              Activation.RELU);
    }
    node = logits(scope + "/Conv2d_1c_1x1", node); //                             1 x 1 x classes
    Shape shape = logitsShape("Logits", node.output());
    builder.endPoint("Logits", node, shape);
    Node predictions = builder.softmax(InceptionV3.SCOPE + "/Predictions", node);
    builder.endPoint("Predictions", predictions, shape);
  }

  private Node conv(String scope, Node input, Window window, int channels) {
    return builder.convolution(
        scope, input, window, options.depth(channels), options.normalization(), Activation.RELU);
  }

  private Node logits(String scope, Node input) {
    return builder.convolution(
        scope, input, POINTWISE, options.numClasses(), Normalization.BIASES, Activation.LINEAR);
  }

  private Shape logitsShape(String name, MapShape map) {
    if (!options.spatialSqueeze()) {
      return Shape.of(map.height(), map.width(), map.channels());
    }
    if (map.pixels() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cannot squeeze %s: its map is %dx%d, needed 1x1; use a smaller image (107 to 346 pixels),"
                  + " spatial_squeeze=false%s",
              name,
              map.height(),
              map.width(),
              name.equals("Logits") ? " or global_pool=true" : " or create_aux_logits=false"));
    }
    return Shape.of(map.channels());
  }
}
