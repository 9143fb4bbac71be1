package org.inceptionspark.tensor;

import java.io.Serializable;

/**
 * A model variable that a network needs from its weights.
 *
 * @param name TF-Slim's name, such as {@code InceptionV3/Conv2d_1a_3x3/weights}
 * @param shape kernels are HWIO: height, width, input channels, output channels
 */
public record Variable(String name, Shape shape) implements Serializable {}
