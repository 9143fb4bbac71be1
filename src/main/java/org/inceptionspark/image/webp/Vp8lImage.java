package org.inceptionspark.image.webp;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/**
 * One entropy-coded image: literal pixels, copies of earlier ones and colours from the cache, by
 * prefix codes, of which each part of the picture may have its own (RFC 9649, sections 3.6, 3.7).
 */
final class Vp8lImage {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int MOST_CACHE_BITS = 11;

  /** Known encoders make at most 2600 groups of 20 kB; no memory is allocated for more. */
  private static final long MOST_CODE_BYTES = 1 << 27;

  /** The five codes of a part of the picture. */
  private record Group(
      Vp8lCode green, Vp8lCode red, Vp8lCode blue, Vp8lCode alpha, Vp8lCode distance) {
    long size() {
      return green.size() + red.size() + blue.size() + alpha.size() + distance.size();
    }
  }

  private final Vp8lBits bits;
  private final int width;
  private final int[] pixels;

  private Vp8lColourCache cache;
  private int cacheSize;

  // The group of each square of 2^n pixels a side; without squares all pixels use the first.
  private int squareBits;
  private int squaresAcross;
  private int[] groupOfSquare;
  private Group[] groups;

  private Vp8lImage(Vp8lBits bits, int width, int height) {
    this.bits = bits;
    this.width = width;
    this.pixels = new int[width * height];
  }

  /** The pixels (alpha, red, green, blue) of the picture itself. */
  static int[] read(Vp8lBits bits, int width, int height) throws ImageException {
    Vp8lImage image = new Vp8lImage(bits, width, height);
    image.readCache();
    if (bits.flag()) {
      image.readSquares(height);
    }
    return image.run();
  }

  /**
   * The pixels of an auxiliary image, which tells how to decode the picture: it has one group of
   * codes.
   */
  static int[] readPart(Vp8lBits bits, int width, int height) throws ImageException {
    Vp8lImage image = new Vp8lImage(bits, width, height);
    image.readCache();
    return image.run();
  }

  /** The number of squares of 2^n pixels a side that cover this many pixels. */
  static int squares(int pixels, int squareBits) {
    return (pixels + (1 << squareBits) - 1) >> squareBits;
  }

  private void readCache() throws ImageException {
    if (bits.flag()) {
      int cacheBits = bits.number(4);
      if (cacheBits < 1 || cacheBits > MOST_CACHE_BITS) {
        throw Vp8lDecoder.corrupt("colour cache of " + cacheBits + " bits");
      }
      cache = new Vp8lColourCache(cacheBits);
      cacheSize = 1 << cacheBits;
    }
  }

  private void readSquares(int height) throws ImageException {
    squareBits = 2 + bits.number(3);
    squaresAcross = squares(width, squareBits);
    groupOfSquare = readPart(bits, squaresAcross, squares(height, squareBits));
    for (int i = 0; i < groupOfSquare.length; i++) {
      groupOfSquare[i] = groupOfSquare[i] >> 8 & 0xffff;
    }
  }

  private int[] run() throws ImageException {
    readGroups();
    int mask = squareBits == 0 ? -1 : (1 << squareBits) - 1;
    Group group = groups[0];
    int at = 0;
    int x = 0;
    int y = 0;
    while (at < pixels.length) {
      if (groupOfSquare != null && ((x & mask) == 0 || group == null)) {
        group = groups[groupOfSquare[(y >> squareBits) * squaresAcross + (x >> squareBits)]];
      }
      int symbol = group.green.read(bits);
      int count = 1;
      if (symbol < LITERALS) {
        set(at, literal(group, symbol));
      } else if (symbol < LITERALS + LENGTHS) {
        count = copy(group, symbol - LITERALS, at);
        group = groupOfSquare == null ? group : null;
      } else {
        set(at, cache.colour(symbol - LITERALS - LENGTHS));
      }
      at += count;
      x += count;
      while (x >= width) {
        x -= width;
        y++;
      }
    }
    return pixels;
  }

  private int literal(Group group, int green) throws ImageException {
    int red = group.red.read(bits);
    int blue = group.blue.read(bits);
    int alpha = group.alpha.read(bits);
    return alpha << 24 | red << 16 | green << 8 | blue;
  }

  private int copy(Group group, int lengthSymbol, int at) throws ImageException {
    int length = prefixed(lengthSymbol);
    int distance = Vp8lDistances.pixels(prefixed(group.distance.read(bits)), width);
    if (distance > at || length > pixels.length - at) {
      throw Vp8lDecoder.corrupt(
          length + " pixels from " + distance + " before, at " + at + " of " + pixels.length);
    }
    for (int i = at; i < at + length; i++) {
      set(i, pixels[i - distance]);
    }
    return length;
  }

  /** A number whose leading bits are given by a symbol; the others follow. */
  private int prefixed(int symbol) throws ImageException {
    if (symbol < 4) {
      return symbol + 1;
    }
    int extra = (symbol - 2) >> 1;
    return ((2 + (symbol & 1)) << extra) + bits.number(extra) + 1;
  }

  private void set(int at, int argb) {
    pixels[at] = argb;
    if (cache != null) {
      cache.add(argb);
    }
  }

  /** All groups are in the data; those that no square uses are read and dropped. */
  private void readGroups() throws ImageException {
    boolean[] isUsed = {true};
    if (groupOfSquare != null) {
      isUsed = new boolean[1 + Arrays.stream(groupOfSquare).max().getAsInt()];
      for (int group : groupOfSquare) {
        isUsed[group] = true;
      }
    }
    groups = new Group[isUsed.length];
    Vp8lCodeReader reader = new Vp8lCodeReader(bits);
    long size = 0;
    for (int i = 0; i < groups.length; i++) {
      Group group =
          new Group(
              reader.read(LITERALS + LENGTHS + cacheSize),
              reader.read(LITERALS),
              reader.read(LITERALS),
              reader.read(LITERALS),
              reader.read(DISTANCES));
      if (isUsed[i]) {
        groups[i] = group;
        size += group.size();
      }
      if (size > MOST_CODE_BYTES) {
        throw new ImageException(
            ImageException.Kind.TOO_LARGE, "WEBP: prefix codes of more than 128 MB");
      }
    }
  }
}
