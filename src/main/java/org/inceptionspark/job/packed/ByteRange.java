package org.inceptionspark.job.packed;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a packed file a member's bytes are. Its text is a column in Spark, and sorts in the
 * order of the bytes: reading members in this order reads their file from start to end.
 *
 * @param file the packed file's path, in the table's form
 * @param fileLength bytes of it
 * @param offset of the first byte
 * @param stored bytes in the file
 */
public record ByteRange(String file, long fileLength, long offset, long stored, Coding coding) {
  private static final Pattern TEXT =
      Pattern.compile("(?s)(.*)!/([0-9a-f]{16})\\+(\\d+) of (\\d+) ([A-Z]+)");

  /** The text of it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s!/%016x+%d of %d %s", file, offset, stored, fileLength, coding);
  }

  /** From its text. */
  public static ByteRange of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no byte range: " + text);
    }
    return new ByteRange(
        parts.group(1),
        Long.parseLong(parts.group(4)),
        Long.parseLong(parts.group(2), 16),
        Long.parseLong(parts.group(3)),
        Coding.valueOf(parts.group(5)));
  }

  public long end() {
    return offset + stored;
  }

  /** Whether it is in the same file as another and begins soon after that one's end. */
  public boolean follows(ByteRange other, long gap) {
    return file.equals(other.file) && offset >= other.end() && offset - other.end() <= gap;
  }

  /**
   * The member.
   *
   * @param bytes some of the file, with all of this range
   * @param start where in the file these begin
   * @param length of the member
   * @throws DamagedException if they do not give it
   */
  public byte[] decode(byte[] bytes, long start, int length) throws DamagedException {
    int from = (int) (offset - start);
    byte[] range =
        from == 0 && stored == bytes.length
            ? bytes
            : Arrays.copyOfRange(bytes, from, from + (int) stored);
    return coding.decode(range, length);
  }
}
