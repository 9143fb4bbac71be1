package org.inceptionspark.job.keys;

import java.util.BitSet;

/**
 * The characters seen in keys, by which the space between two keys is halved: the middle of decimal
 * digits is {@code 4}, not {@code Z}.
 */
final class KeyAlphabet {
  /** A character that sorts after nearly all that keys consist of. */
  private static final char LAST = '\uD7FB';

  private final BitSet seen = new BitSet();

  /** Control characters and blanks are not used in requests to stores. */
  void learn(String key) {
    for (int i = 0; i < key.length(); i++) {
      char character = key.charAt(i);
      if (KeyRange.bounds(character) && character > ' ' && !Character.isISOControl(character)) {
        seen.set(character);
      }
    }
  }

  /** A bound after all keys with this prefix, or null if there is none. */
  static String behind(String prefix) {
    boolean sayable = prefix.chars().allMatch(character -> KeyRange.bounds((char) character));
    return sayable ? prefix + LAST : null;
  }

  /**
   * A bound that halves the space of keys, approximately.
   *
   * @param from a key
   * @param shared number of leading characters that the bound shares with it
   * @param upTo a bound after the key, or null for none
   * @return not before the key, before {@code upTo}; or null if there is nothing between
   */
  String middle(String from, int shared, String upTo) {
    String end = upTo;
    for (int i = 0; i <= from.length(); i++) {
      int low = i < from.length() ? from.charAt(i) : 0;
      int high = end == null ? LAST + 1 : end.charAt(i);
      int middle = i < shared ? -1 : median(low, high);
      if (middle >= 0) {
        return from.substring(0, i) + (char) middle;
      }
      if (high > low && end != null && end.length() > i + 1 && i >= shared) {
        return from.substring(0, i) + (char) high;
      }
      if (!KeyRange.bounds((char) low)) {
        return null;
      }
      end = high > low ? null : end;
    }
    return null;
  }

  /** The middle one of the characters between two, or -1 if there is none. */
  private int median(int low, int high) {
    int count = seen.get(low + 1, Math.max(low + 1, high)).cardinality();
    int middle = seen.nextSetBit(low + 1);
    for (int i = 0; i < count / 2; i++) {
      middle = seen.nextSetBit(middle + 1);
    }
    return count == 0 ? -1 : middle;
  }
}
