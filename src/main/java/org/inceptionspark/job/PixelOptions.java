package org.inceptionspark.job;

import java.util.Optional;

/**
 * How an image file becomes the network's input, in the words of the command line.
 *
 * @param orientation {@code apply} or {@code ignore}
 * @param decode {@code full} or {@code scaled}
 * @param preprocessing if empty, the one the model was trained with
 */
public record PixelOptions(String orientation, String decode, Optional<String> preprocessing) {
  public static final PixelOptions DEFAULT = new PixelOptions("apply", "full", Optional.empty());
}
