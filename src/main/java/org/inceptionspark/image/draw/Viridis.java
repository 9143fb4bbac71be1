package org.inceptionspark.image.draw;

/**
 * Colours for values from 0 to 1, dark to light, so that the order shows in grey and to
 * colour-blind people. Ten steps of matplotlib's map of the same name, interpolated linearly.
 */
final class Viridis {
  private static final int[] STEPS = {
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
    0xbddf26, 0xfde725
  };

  private Viridis() {}

  /** As 0xRRGGBB; values outside get the colour of that end. */
  static int colour(double value) {
    double place = Math.min(1, Math.max(0, value)) * (STEPS.length - 1);
    int step = Math.min(STEPS.length - 2, (int) place);
    return mix(STEPS[step], STEPS[step + 1], place - step);
  }

  /** A linear mix of two colours. */
  static int mix(int first, int second, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = first >> shift & 0xff;
      int to = second >> shift & 0xff;
      mixed |= (int) Math.round(from + (to - from) * share) << shift;
    }
    return mixed;
  }
}
