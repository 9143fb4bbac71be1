package org.inceptionspark.nn;

import org.inceptionspark.tensor.Shape;

/**
 * A named result of a graph.
 *
 * @param name Slim's key, such as {@code Mixed_7c} or {@code PreLogits}
 * @param node where it is computed
 * @param shape of one image, without the batch: {@code [8, 8, 2048]}, or {@code [1001]} when
 *     squeezed
 */
public record EndPoint(String name, Node node, Shape shape) {}
