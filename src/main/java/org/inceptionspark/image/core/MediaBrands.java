package org.inceptionspark.image.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inceptionspark.image.core.ImageException.Kind;

/**
 * Identifies a file of ISO media boxes by its brands. The first may be a generic one, such as
 * {@code mif1}; then the others decide.
 */
final class MediaBrands {
  private static final int LAST_BRAND = 512;

  private record Family(String title, Kind kind, Set<String> brands) {}

  /** Most specific first. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family("AVIF", Kind.UNSUPPORTED_FORMAT, Set.of("avif", "avis")),
          new Family(
              "HEIC",
              Kind.UNSUPPORTED_FORMAT,
              Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs")),
          new Family("camera raw (Canon CR3)", Kind.UNSUPPORTED_FORMAT, Set.of("crx ")),
          new Family("JPEG 2000", Kind.UNSUPPORTED_FORMAT, Set.of("jp2 ", "jpx ", "jpm ", "jph ")),
          new Family("JPEG XL", Kind.UNSUPPORTED_FORMAT, Set.of("jxl ")),
          new Family("JPEG XS", Kind.UNSUPPORTED_FORMAT, Set.of("jxs ")),
          new Family(
              "HEIF",
              Kind.UNSUPPORTED_FORMAT,
              Set.of("mif1", "mif2", "msf1", "miaf", "avci", "jpeg")),
          new Family("a QuickTime video", Kind.NOT_AN_IMAGE, Set.of("qt  ")),
          new Family("M4A audio", Kind.NOT_AN_IMAGE, Set.of("M4A ", "M4B ")));

  private MediaBrands() {}

  /**
   * The kind of file.
   *
   * @param head begins with the box {@code ftyp}
   */
  static ForeignFormat of(String head) {
    List<String> brands = brands(head);
    return find(brands.subList(0, 1), 3)
        .or(() -> find(brands, FAMILIES.size()))
        .orElseGet(() -> new ForeignFormat(Kind.NOT_AN_IMAGE, "an MP4 video"));
  }

  private static Optional<ForeignFormat> find(List<String> brands, int families) {
    return FAMILIES.stream()
        .limit(families)
        .filter(family -> brands.stream().anyMatch(family.brands::contains))
        .map(family -> new ForeignFormat(family.kind, family.title))
        .findFirst();
  }

  /** The major brand, a version, then the compatible brands. */
  private static List<String> brands(String head) {
    long size =
        (long) head.charAt(0) << 24 | head.charAt(1) << 16 | head.charAt(2) << 8 | head.charAt(3);
    int end = (int) Math.min(Math.min(size, LAST_BRAND), head.length());
    List<String> brands = new ArrayList<>(List.of(head.substring(8, 12)));
    for (int at = 16; at + 4 <= end; at += 4) {
      brands.add(head.substring(at, at + 4));
    }
    return brands;
  }
}
