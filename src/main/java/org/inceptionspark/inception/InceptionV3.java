package org.inceptionspark.inception;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.GraphBuilder;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.nn.Op;

/**
 * Slim's {@code inception_v3_base} and {@code inception_v3}, inference only, for one image size.
 *
 * <p>Source: tensorflow/models, research/slim/nets/inception_v3.py. Everything is as with Slim's
 * {@code is_training=False}: dropout is the identity, so {@code PreLogits} is the pooled map
 * itself, and batch norm uses its moving averages. There is no training mode, and so no {@code
 * dropout_keep_prob}.
 */
public final class InceptionV3 {
  /** Slim's {@code default_image_size}: the side in pixels. */
  public static final int DEFAULT_IMAGE_SIZE = 299;

  static final String SCOPE = "InceptionV3";

  private InceptionV3() {}

  /** The 18 end points of the base, in order. */
  public static List<String> baseEndPoints() {
    List<String> names = new ArrayList<>();
    for (Op.ArgScope part : parts(InceptionV3Options.of(0))) {
      part.ops().forEach(op -> names.add(scope(op)));
    }
    return names;
  }

  /** Slim's {@code inception_v3_base} up to {@code Mixed_7c}. */
  public static Graph base(int height, int width, InceptionV3Options options) {
    return base(height, width, options, "Mixed_7c");
  }

  /**
   * Slim's {@code inception_v3_base}: the end points up to and including {@code finalEndPoint}.
   *
   * @throws IllegalArgumentException if the end point is unknown or the image too small
   */
  public static Graph base(
      int height, int width, InceptionV3Options options, String finalEndPoint) {
    if (!baseEndPoints().contains(finalEndPoint)) {
      throw new IllegalArgumentException(
          "Unknown final endpoint " + finalEndPoint + "; the base has " + baseEndPoints());
    }
    GraphBuilder builder = builder(height, width, options);
    addBase(builder, options, finalEndPoint);
    return builder.build();
  }

  /**
   * Slim's {@code inception_v3}: the base and its heads.
   *
   * @throws IllegalArgumentException if an option does not suit this image size
   */
  public static Graph network(int height, int width, InceptionV3Options options) {
    GraphBuilder builder = builder(height, width, options);
    Node last = addBase(builder, options, "Mixed_7c");
    Heads heads = new Heads(builder, options);
    if (options.createAuxLogits() && options.numClasses() > 0) {
      heads.addAuxLogits(builder.build().endPoint("Mixed_6e").node());
    }
    Node pooled = heads.addPool(last);
    if (options.numClasses() > 0) {
      heads.addLogits(pooled);
    }
    return builder.build();
  }

  /** Only the layers after PreLogits: their input is the pooled map. */
  public static Graph classifier(int prelogits, InceptionV3Options options) {
    GraphBuilder builder =
        new GraphBuilder(
            new MapShape(1, 1, prelogits),
            options.normalization(),
            options::depth,
            options.divisor());
    new Heads(builder, options).addLogits(builder.input());
    return builder.build();
  }

  private static GraphBuilder builder(int height, int width, InceptionV3Options options) {
    return new GraphBuilder(
        new MapShape(height, width, 3), options.normalization(), options::depth, options.divisor());
  }

  private static Node addBase(
      GraphBuilder builder, InceptionV3Options options, String finalEndPoint) {
    Node node = builder.input();
    for (Op.ArgScope part : parts(options)) {
      for (Op op : part.ops()) {
        node = builder.apply(op, node, SCOPE, part.defaults());
        builder.endPoint(scope(op), node);
        if (scope(op).equals(finalEndPoint)) {
          return node;
        }
      }
    }
    return node;
  }

  private static List<Op.ArgScope> parts(InceptionV3Options options) {
    Op.ArgScope blocks =
        switch (options.lastPool()) {
          case AVERAGE -> InceptionV3Base.BLOCKS;
          case MAXIMUM -> LastBlockOf2015.replaceIn(InceptionV3Base.BLOCKS);
        };
    return List.of(InceptionV3Base.STEM, blocks);
  }

  private static String scope(Op op) {
    if (op instanceof Op.Conv2d conv) {
      return conv.scope();
    }
    return op instanceof Op.MaxPool2d pool ? pool.scope() : ((Op.Mixed) op).scope();
  }
}
