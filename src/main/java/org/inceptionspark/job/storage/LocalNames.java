package org.inceptionspark.job.storage;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of local files, which are bytes. Java decodes them by the locale, and loses what that
 * cannot represent: under {@code LC_ALL=C}, as in plain cron, every letter beyond ASCII. Here they
 * are UTF-8 whatever the locale, and a byte that is not UTF-8 ({@code 0xE9} in a name from Windows)
 * is written {@code %E9}, so that each file has a text of its own by which it can be opened.
 */
public final class LocalNames {
  private static final String SCHEME = "file:";
  private static final String URI_START = "file://";
  private static final Pattern NO_UTF8 = Pattern.compile("%([89A-F][0-9A-F])");
  private static final String UNRESERVED = "/-_.~";

  private LocalNames() {}

  /** The last part of a path that an open directory gave, as text. */
  public static String name(Path entry) {
    String text = entry.getFileName().toString();
    if (isAscii(text)) {
      return text;
    }
    String raw = entry.toUri().getRawPath();
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    return decoded(bytes(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end)));
  }

  /** Whether some of its bytes are not UTF-8. */
  public static boolean isEscaped(String name) {
    return NO_UTF8.matcher(name).find();
  }

  /**
   * The file of a text such as {@code file:/photos/Zürich.jpg}, or without {@code file:}.
   *
   * @param uri an absolute path
   */
  public static Path path(String uri) {
    String text = uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()) : uri;
    String absolute = text.replaceFirst("^/+", "/");
    Path literal = ofBytes(absolute.getBytes(StandardCharsets.UTF_8));
    boolean escaped = isEscaped(absolute) && !Files.exists(literal, LinkOption.NOFOLLOW_LINKS);
    return escaped ? ofBytes(unescaped(absolute)) : literal;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Through a URI, the only way to give bytes whatever the locale. */
  private static Path ofBytes(byte[] path) {
    StringBuilder uri = new StringBuilder(URI_START);
    for (byte b : path) {
      if (b > ' ' && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0)) {
        uri.append((char) b);
      } else {
        uri.append('%').append(hex(b));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static String hex(byte b) {
    return "" + upperDigit(b >> 4) + upperDigit(b);
  }

  private static char upperDigit(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble & 15, 16));
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escapes = NO_UTF8.matcher(text);
    int end = 0;
    while (escapes.find()) {
      bytes.writeBytes(text.substring(end, escapes.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(Integer.parseInt(escapes.group(1), 16));
      end = escapes.end();
    }
    bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** What a URI's raw path stands for. */
  private static byte[] bytes(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String decoded(byte[] name) {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(name);
    CharBuffer out = CharBuffer.allocate(3 * name.length);
    for (CoderResult result = utf8.decode(in, out, true);
        result.isError();
        result = utf8.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put('%').put(hex(in.get()));
      }
      utf8.reset();
    }
    return out.flip().toString();
  }
}
