package org.inceptionspark.image.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.image.core.ImageException.Kind;

/** Identifies a text: an SVG drawing, or something that is among pictures by mistake. */
final class TextFile {
  /** What may precede the first element of XML. */
  private static final Pattern PROLOG =
      Pattern.compile("(?s)\\s+|<\\?.*?\\?>|<!--.*?-->|<!DOCTYPE[^\\[>]*(?:\\[.*?\\]\\s*)?>");

  private static final Pattern ELEMENT = Pattern.compile("<(?:[\\w.-]+:)?([\\w.-]+)");

  /** The first characters of pictures in base64. */
  private static final List<String> BASE64 = List.of("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR");

  private TextFile() {}

  /**
   * The kind of text; empty if these are not characters.
   *
   * @param head the first bytes as ISO 8859-1
   */
  static Optional<ForeignFormat> of(String head) {
    String text = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head;
    if (text.isBlank() || text.chars().anyMatch(TextFile::isControl)) {
      return Optional.empty();
    }
    String title = title(text.strip());
    return Optional.of(
        title.equals("SVG")
            ? ForeignFormat.pictureCalled(title)
            : new ForeignFormat(Kind.NOT_AN_IMAGE, title));
  }

  private static boolean isControl(int character) {
    return character < ' ' && "\t\n\u000b\f\r".indexOf(character) < 0 || character == 0x7f;
  }

  private static String title(String text) {
    if (text.startsWith("<")) {
      return markup(text);
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return "a JSON file";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "a Git LFS pointer instead of the file itself";
    }
    if (text.startsWith("data:image/")) {
      return "a data URI";
    }
    if (BASE64.stream().anyMatch(text::startsWith)) {
      return "a picture as base64 text";
    }
    if (text.startsWith("/* XPM */")) {
      return "XPM source";
    }
    return isTable(text) ? "a CSV file" : "a text file";
  }

  private static String markup(String text) {
    Matcher prolog = PROLOG.matcher(text);
    int at = 0;
    while (prolog.region(at, text.length()).lookingAt()) {
      at = prolog.end();
    }
    Matcher element = ELEMENT.matcher(text).region(at, text.length());
    String root = element.lookingAt() ? element.group(1).toLowerCase(Locale.ROOT) : "";
    boolean html =
        root.equals("html") || text.toLowerCase(Locale.ROOT).startsWith("<!doctype html");
    return root.equals("svg") ? "SVG" : html ? "an HTML page" : "an XML file";
  }

  /** Whether the first two lines have the same number of one separator. */
  private static boolean isTable(String text) {
    String[] lines = text.split("\\R", 3);
    return lines.length > 1
        && ",;\t|"
            .chars()
            .anyMatch(
                separator ->
                    count(lines[0], separator) > 0
                        && count(lines[0], separator) == count(lines[1], separator));
  }

  private static long count(String line, int separator) {
    return line.chars().filter(character -> character == separator).count();
  }
}
