package org.inceptionspark.image;

import java.util.Locale;

/** How much of a file's detail is decoded when the network will not see all of it. */
public enum Decoding {
  /** Every pixel. */
  FULL,
  /**
   * A JPEG at 1/8, 1/4 or 1/2 of its size, the smallest of which the network's input still shows at
   * least as many pixels as it has itself. Higher frequencies are left out before the inverse DCT,
   * so the pixels differ from a resize of the full picture, and the fingerprint differs too.
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
