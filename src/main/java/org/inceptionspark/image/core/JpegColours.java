package org.inceptionspark.image.core;

/**
 * How a JPEG's components represent colour, by libjpeg's rules, which nearly every decoder follows.
 */
public enum JpegColours {
  GREY(1),
  YCBCR(3),
  RGB(3),
  CMYK(4),
  YCCK(4);

  /** No Adobe segment. */
  public static final int NO_ADOBE = -1;

  private final int components;

  JpegColours(int components) {
    this.components = components;
  }

  public int components() {
    return components;
  }

  /**
   * The colours of a file.
   *
   * @param ids component identifiers of the frame header; 1, 3 or 4 of them
   * @param hasJfif a JFIF segment is present: it beats the Adobe one
   * @param adobeTransform the Adobe segment's transform, or {@link #NO_ADOBE}
   */
  public static JpegColours of(int[] ids, boolean hasJfif, int adobeTransform) {
    if (ids.length == 1) {
      return GREY;
    }
    if (ids.length == 4) {
      return adobeTransform == NO_ADOBE || adobeTransform == 0 ? CMYK : YCCK;
    }
    if (hasJfif) {
      return YCBCR;
    }
    if (adobeTransform != NO_ADOBE) {
      return adobeTransform == 0 ? RGB : YCBCR;
    }
    return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B' ? RGB : YCBCR;
  }
}
