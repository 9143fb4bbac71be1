package org.inceptionspark.image.core;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a file says that it is to be turned, in the order of Pillow's {@code exif_transpose}: by the
 * EXIF tag; where there is none, by XMP.
 */
public final class StoredOrientation {
  /** An attribute or an element of an XMP packet, found by its text as Pillow does. */
  private static final Pattern XMP_TAG = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private final ByteArrayOutputStream exif = new ByteArrayOutputStream();
  private String xmp = "";

  /** Notes EXIF data; more of it, where a file has several pieces, goes on where the first ends. */
  public void exif(byte[] array, int start, int length) {
    exif.write(array, start, length);
  }

  /** Notes an XMP packet, whatever its encoding; the last of a file counts. */
  public void xmp(String packet) {
    xmp = packet;
  }

  /** 1 to 8; 1 where nothing says anything. */
  public int value() {
    return ExifOrientation.find(new EncodedBytes(exif.toByteArray(), ImageFormat.TIFF))
        .orElseGet(this::ofXmp);
  }

  private int ofXmp() {
    Matcher tag = XMP_TAG.matcher(xmp);
    return tag.find()
        ? ExifOrientation.valid(Integer.parseInt(tag.group(1)))
        : ExifOrientation.UPRIGHT;
  }
}
