package org.inceptionspark.image.core;

import java.util.Optional;
import java.util.Set;

/** Formats without a signature, recognised by header fields that are consistent. */
final class BinaryHeader {
  private static final String TGA_FOOTER = "TRUEVISION-XFILE.";
  private static final int TGA_HEADER = 18;

  private BinaryHeader() {}

  /** What users call the format. */
  static Optional<String> title(byte[] bytes, String head) {
    if (isIcon(head)) {
      return Optional.of(head.charAt(2) == 1 ? "ICO" : "CUR");
    }
    if (isPcx(head)) {
      return Optional.of("PCX");
    }
    if (head.matches("(?s)P[1-7FfZ]\\s.*")) {
      return Optional.of("netpbm");
    }
    return isTga(bytes, head) ? Optional.of("Targa TGA") : Optional.empty();
  }

  /** An icon directory says how many pictures follow, at least one. */
  private static boolean isIcon(String head) {
    return (head.startsWith("\0\0\1\0") || head.startsWith("\0\0\2\0"))
        && head.length() >= 6
        && (head.charAt(4) | head.charAt(5)) != 0;
  }

  private static boolean isPcx(String head) {
    return head.length() >= 128
        && head.charAt(0) == 10
        && Set.of(0, 2, 3, 4, 5).contains((int) head.charAt(1))
        && head.charAt(2) == 1
        && Set.of(1, 2, 4, 8).contains((int) head.charAt(3));
  }

  /** Newer files end with a signature; in older ones the sizes must fit the file's. */
  private static boolean isTga(byte[] bytes, String head) {
    if (bytes.length < TGA_HEADER + 1) {
      return false;
    }
    int footer = bytes.length - TGA_FOOTER.length() - 1;
    if (footer > TGA_HEADER && footerAt(bytes, footer)) {
      return true;
    }
    int type = head.charAt(2);
    boolean mapped = head.charAt(1) == 1;
    long pixels = (long) uint16(head, 12) * uint16(head, 14);
    int depth = head.charAt(16);
    boolean plausible =
        head.charAt(1) <= 1
            && (mapped ? type == 1 || type == 9 : head.startsWith("\0\0\0\0\0", 3))
            && Set.of(1, 2, 3, 9, 10, 11).contains(type)
            && Set.of(8, 15, 16, 24, 32).contains(depth)
            && pixels > 0;
    long stored = type < 9 ? pixels * ((depth + 7) / 8) : pixels / 128;
    return plausible && bytes.length >= TGA_HEADER + stored;
  }

  private static boolean footerAt(byte[] bytes, int at) {
    for (int i = 0; i < TGA_FOOTER.length(); i++) {
      if (bytes[at + i] != TGA_FOOTER.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int uint16(String head, int at) {
    return head.charAt(at) | head.charAt(at + 1) << 8;
  }
}
