package org.inceptionspark.job.keys;

import java.io.Serializable;

/**
 * The keys after one bound and up to another; bounds need not be keys of objects. They have only
 * characters before U+D800: a store that orders keys by bytes and one that orders them like Java
 * agree on which keys are before such a bound.
 *
 * @param after exclusive; empty at the beginning
 * @param upTo inclusive; null at the end
 */
public record KeyRange(String after, String upTo) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final char FIRST_IN_QUESTION = Character.MIN_SURROGATE;

  public static final KeyRange ALL = new KeyRange("", null);

  /** Whether a key, with any characters, is beyond the end. */
  boolean endsBefore(String key) {
    return upTo != null && key.compareTo(upTo) > 0;
  }

  /** Whether all stores agree that one key is before another. */
  static boolean isBefore(String key, String other) {
    int most = Math.min(key.length(), other.length());
    for (int i = 0; i < most; i++) {
      char one = key.charAt(i);
      char two = other.charAt(i);
      if (one != two) {
        return one < two && two < FIRST_IN_QUESTION;
      }
    }
    return key.length() < other.length();
  }

  /** Whether a character may be part of a bound. */
  static boolean bounds(char character) {
    return character < FIRST_IN_QUESTION;
  }
}
