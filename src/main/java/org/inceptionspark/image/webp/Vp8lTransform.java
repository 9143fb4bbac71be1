package org.inceptionspark.image.webp;

/** One inverse transform, from coded pixels towards those of the picture. */
interface Vp8lTransform {
  /**
   * Undoes the encoder's step.
   *
   * @param pixels alpha, red, green, blue; may be changed
   * @return the transformed pixels: the same array, or a new one where their number differs
   */
  int[] undo(int[] pixels);

  /** Adds channel by channel, without carries between channels. */
  static int sum(int a, int b) {
    int alphaGreen = (a & 0xff00ff00) + (b & 0xff00ff00);
    int redBlue = (a & 0x00ff00ff) + (b & 0x00ff00ff);
    return alphaGreen & 0xff00ff00 | redBlue & 0x00ff00ff;
  }
}
