package org.inceptionspark.image.webp;

import java.util.ArrayDeque;
import java.util.Deque;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;

/**
 * Lossless WebP (RFC 9649, section 3), to exactly the pixels of libwebp. TwelveMonkeys' reader
 * fails on pictures of few colours and on files encoded with high effort.
 */
final class Vp8lDecoder {
  private static final int SIGNATURE_BYTES = 1;
  private static final int SIDE_BITS = 14;
  private static final int VERSION_BITS = 3;
  private static final int KINDS = 4;

  private final Vp8lBits bits;
  private final Deque<Vp8lTransform> transforms = new ArrayDeque<>();

  private Vp8lDecoder(Vp8lBits bits) {
    this.bits = bits;
  }

  /** Decodes the picture at {@code start}; alpha is left out. */
  static RgbImage decode(EncodedBytes bytes, int start, int length) throws ImageException {
    return new Vp8lDecoder(new Vp8lBits(bytes.array(), start + SIGNATURE_BYTES, start + length))
        .run();
  }

  static ImageException corrupt(String problem) {
    return ImageException.corrupt(ImageFormat.WEBP, problem);
  }

  private RgbImage run() throws ImageException {
    int width = 1 + bits.number(SIDE_BITS);
    int height = 1 + bits.number(SIDE_BITS);
    bits.flag(); // that alpha is used: a hint
    int version = bits.number(VERSION_BITS);
    if (version != 0) {
      throw corrupt("lossless version " + version);
    }
    int codedWidth = readTransforms(width, height);
    int[] pixels = Vp8lImage.read(bits, codedWidth, height);
    while (!transforms.isEmpty()) {
      pixels = transforms.pop().undo(pixels);
    }
    return rgb(pixels, width, height);
  }

  /** Reads the encoder's transforms; returns the width of the coded image. */
  private int readTransforms(int width, int height) throws ImageException {
    boolean[] seen = new boolean[KINDS];
    int codedWidth = width;
    while (bits.flag()) {
      int kind = bits.number(2);
      if (seen[kind]) {
        throw corrupt("transform " + kind + " comes twice");
      }
      seen[kind] = true;
      switch (kind) {
        case 0 -> transforms.push(Vp8lPrediction.read(bits, codedWidth, height));
        case 1 -> transforms.push(Vp8lCrossColour.read(bits, codedWidth, height));
        case 2 -> transforms.push(new Vp8lGreen());
        default -> {
          Vp8lPalette palette = Vp8lPalette.read(bits, codedWidth, height);
          codedWidth = palette.codedWidth();
          transforms.push(palette);
        }
      }
    }
    return codedWidth;
  }

  private static RgbImage rgb(int[] pixels, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    int out = 0;
    for (int argb : pixels) {
      rgb[out++] = (byte) (argb >> 16);
      rgb[out++] = (byte) (argb >> 8);
      rgb[out++] = (byte) argb;
    }
    return new RgbImage(width, height, rgb);
  }
}
