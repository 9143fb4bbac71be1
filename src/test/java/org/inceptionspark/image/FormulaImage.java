package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.inceptionspark.image.core.RgbImage;

/** Test pictures whose every byte follows from a name: FNV-1a, then MurmurHash3's last mix. */
public final class FormulaImage {
  private FormulaImage() {}

  public static RgbImage of(String name, int height, int width) {
    int hash = 0x811C9DC5;
    for (byte character : name.getBytes(UTF_8)) {
      hash = (hash ^ (character & 0xff)) * 0x01000193;
    }
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = hash + i * 0x9E3779B1;
      x = (x ^ x >>> 16) * 0x85EBCA6B;
      x = (x ^ x >>> 13) * 0xC2B2AE35;
      rgb[i] = (byte) ((x ^ x >>> 16) >>> 24);
    }
    return new RgbImage(width, height, rgb);
  }
}
