package org.inceptionspark.image.webp;

/** Red and blue were stored as their difference from green (RFC 9649, section 3.5.3). */
final class Vp8lGreen implements Vp8lTransform {
  @Override
  public int[] undo(int[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      int argb = pixels[i];
      int green = argb >> 8 & 0xff;
      int redBlue = (argb & 0xff00ff) + (green << 16 | green) & 0xff00ff;
      pixels[i] = argb & 0xff00ff00 | redBlue;
    }
    return pixels;
  }
}
