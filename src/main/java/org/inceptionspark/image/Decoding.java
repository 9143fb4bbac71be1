package org.inceptionspark.image;

import java.util.Locale;

/** How much of a file's detail is decoded where the network will not see all of it. */
public enum Decoding {
  /** Every pixel. */
  FULL,
  /**
   * A JPEG at 1/8, 1/4 or 1/2 of its size, the smallest of which the network's input still shows at
   * least as many pixels as it has itself. The other frequencies are left out before the inverse
   * DCT, so this is another picture than a resized one, and a model of its own.
   */
  SCALED;

  /**
   * @throws IllegalArgumentException if it is neither full nor scaled
   */
  public static Decoding named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "full" -> FULL;
      case "scaled" -> SCALED;
      default -> throw new IllegalArgumentException("decode must be full or scaled, found " + word);
    };
  }
}
