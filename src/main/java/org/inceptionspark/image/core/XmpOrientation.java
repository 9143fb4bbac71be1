package org.inceptionspark.image.core;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the orientation in an XMP packet, as Pillow does: by its text, attribute or element. */
public final class XmpOrientation {
  private static final Pattern TAG = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private XmpOrientation() {}

  /**
   * The orientation, 1 to 8.
   *
   * @return empty if the packet gives none; 1 if it gives one that does not exist
   */
  public static OptionalInt in(String packet) {
    Matcher tag = TAG.matcher(packet);
    return tag.find()
        ? OptionalInt.of(ExifOrientation.valid(Integer.parseInt(tag.group(1))))
        : OptionalInt.empty();
  }
}
