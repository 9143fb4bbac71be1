package org.inceptionspark.scale;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Objects that nobody stores: everything about number {@code i} follows from it. In a root's name
 * are how many there are, how many a directory has (0: all lie in the root), and from which number
 * on all have the same bytes: {@code made://up/1000-100-900}.
 */
record SyntheticObjects(long count, long perDirectory, long sameFrom) implements Serializable {
  static final long MODIFIED = 1_767_225_600_000L;
  private static final String SUFFIX = ".jpg";

  static SyntheticObjects of(long count, long perDirectory) {
    return new SyntheticObjects(count, perDirectory, count);
  }

  static SyntheticObjects parse(String name) {
    String[] parts = name.split("-");
    return new SyntheticObjects(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  String name() {
    return count + "-" + perDirectory + "-" + sameFrom;
  }

  String uri() {
    return SyntheticFileSystem.SCHEME + "://up/" + name();
  }

  String path(long i) {
    return uri() + "/" + below(i);
  }

  /** The path below the root. */
  String below(long i) {
    String directory = perDirectory == 0 ? "" : directory(i / perDirectory) + "/";
    return directory + file(i);
  }

  static String directory(long number) {
    return String.format(Locale.ROOT, "d%07d", number);
  }

  static String file(long i) {
    return String.format(Locale.ROOT, "%012d%s", i, SUFFIX);
  }

  static boolean isFile(String name) {
    return name.endsWith(SUFFIX);
  }

  static long number(String name) {
    return Long.parseLong(name.replace(SUFFIX, "").replace("d", ""));
  }

  long directories() {
    return (count + perDirectory - 1) / perDirectory;
  }

  /** No picture. */
  byte[] bytes(long i) {
    String text = i >= sameFrom ? "placeholder" : "no picture, but number " + i;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String etag(long i) {
    return String.format(Locale.ROOT, "%032x", i >= sameFrom ? 0 : i + 1);
  }
}
