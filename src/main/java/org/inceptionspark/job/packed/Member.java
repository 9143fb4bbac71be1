package org.inceptionspark.job.packed;

/**
 * An entry of a packed file.
 *
 * @param name within the file, as stored
 * @param offset of its first byte in the file
 * @param stored bytes there
 * @param length of the member itself
 * @param coding from the one to the other
 * @param fault why it cannot be read, in a line, such as {@code UNSUPPORTED_FORMAT: encrypted};
 *     null if it can
 */
public record Member(
    String name, long offset, long stored, long length, Coding coding, String fault) {

  static Member plain(String name, long offset, long length) {
    return new Member(name, offset, length, length, Coding.PLAIN, null);
  }

  static Member unread(String name, long offset, long length, String fault) {
    return new Member(name, offset, 0, length, Coding.PLAIN, fault);
  }
}
