package org.inceptionspark.image.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.inceptionspark.image.core.StoredOrientation;

/**
 * The orientation of a PNG, looked for in the order of Pillow's {@code exif_transpose}: EXIF in its
 * own chunk, else in ImageMagick's text; where neither has the tag, XMP. Damaged metadata is
 * ignored.
 */
final class PngMetadata {
  private static final String RAW_PROFILE = "Raw profile type exif";
  private static final String XMP = "XML:com.adobe.xmp";

  /** EXIF has at most 64 kB, twice that in hexadecimal digits; no XMP packet is much larger. */
  private static final int MOST_TEXT = 1 << 20;

  private static final int MOST_PROFILE_LINES = 4;

  private Optional<byte[]> exif = Optional.empty();
  private Optional<byte[]> rawProfile = Optional.empty();
  private Optional<String> xmp = Optional.empty();

  /** Takes a chunk's metadata; the last chunk of a kind counts. */
  void chunk(String type, byte[] data) {
    switch (type) {
      case "eXIf" -> exif = Optional.of(data);
      case "tEXt", "zTXt", "iTXt" -> text(type, new String(data, ISO_8859_1));
      default -> {}
    }
  }

  /** Whether a text chunk that begins like this is worth inflating. */
  static boolean tells(String head) {
    return head.startsWith(RAW_PROFILE + "\0") || head.startsWith(XMP + "\0");
  }

  int orientation() {
    StoredOrientation stored = new StoredOrientation();
    exif.or(() -> rawProfile).ifPresent(data -> stored.exif(data, 0, data.length));
    xmp.ifPresent(stored::xmp);
    return stored.value();
  }

  private void text(String type, String data) {
    int end = data.indexOf('\0');
    String keyword = data.substring(0, Math.max(end, 0));
    Optional<String> text =
        switch (type) {
          case "tEXt" -> Optional.of(data.substring(end + 1));
          case "zTXt" -> inflated(data, end + 2);
          default -> international(data, end);
        };
    if (keyword.equals(RAW_PROFILE)) {
      rawProfile = text.flatMap(PngMetadata::profile);
    } else if (keyword.equals(XMP)) {
      xmp = text;
    }
  }

  /** Flag, method, language and a translated keyword come before the text. */
  private static Optional<String> international(String data, int end) {
    int language = data.indexOf('\0', end + 3);
    int translated = language < 0 ? -1 : data.indexOf('\0', language + 1);
    if (translated < 0) {
      return Optional.empty();
    }
    return data.charAt(end + 1) == 0
        ? Optional.of(data.substring(translated + 1))
        : inflated(data, translated + 1);
  }

  private static Optional<String> inflated(String data, int from) {
    if (from > data.length()) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data.substring(from).getBytes(ISO_8859_1));
      byte[] text = new byte[MOST_TEXT];
      int length = 0;
      for (int more = -1; more != 0 && length < MOST_TEXT; length += Math.max(more, 0)) {
        more = inflater.inflate(text, length, MOST_TEXT - length);
      }
      return Optional.of(new String(text, 0, length, ISO_8859_1));
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /** An empty line, the name, the length, then lines of hexadecimal digits. */
  private static Optional<byte[]> profile(String text) {
    String[] lines = text.split("\n", MOST_PROFILE_LINES);
    if (lines.length < MOST_PROFILE_LINES) {
      return Optional.empty();
    }
    try {
      return Optional.of(HexFormat.of().parseHex(lines[3].replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
