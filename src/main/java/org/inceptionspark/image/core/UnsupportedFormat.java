package org.inceptionspark.image.core;

import java.util.Locale;
import java.util.Set;

/** Picture formats that are recognised so that their error can name them, but not read. */
final class UnsupportedFormat {
  private static final Set<String> HEIF_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "miaf");

  private UnsupportedFormat() {}

  /**
   * The format's name, or null.
   *
   * @param head the first bytes, at most 32, as ISO 8859-1
   */
  static String named(String head) {
    if (head.startsWith("\0\0\0\u000cjP  ") || head.startsWith("\u00ff\u004f\u00ff\u0051")) {
      return "JPEG 2000";
    }
    if (head.startsWith("\u00ff\n") || head.startsWith("\0\0\0\u000cJXL ")) {
      return "JPEG XL";
    }
    if (head.startsWith("ftyp", 4) && head.length() >= 12) {
      String brand = head.substring(8, 12);
      return brand.equals("avif") || brand.equals("avis")
          ? "AVIF"
          : HEIF_BRANDS.contains(brand) ? "HEIC" : null;
    }
    if (head.startsWith("8BPS")) {
      return "Photoshop PSD";
    }
    if (head.startsWith("\0\0\1\0") || head.startsWith("\0\0\2\0")) {
      return iconOrNothing(head);
    }
    if (head.startsWith("qoif")) {
      return "QOI";
    }
    if (head.matches("(?s)P[1-7]\\s.*")) {
      return "netpbm";
    }
    String text = head.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("<svg") || text.startsWith("\u00ef\u00bb\u00bf<svg") ? "SVG" : null;
  }

  /** An icon directory says how many pictures follow, at least one. */
  private static String iconOrNothing(String head) {
    boolean hasEntries = head.length() >= 6 && (head.charAt(4) | head.charAt(5)) != 0;
    return hasEntries ? "ICO" : null;
  }
}
