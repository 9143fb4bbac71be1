package org.inceptionspark.job.keys;

import java.io.IOException;

/** A store does not list from a given key on, as it should. */
final class OutOfOrderException extends IOException {
  private static final long serialVersionUID = 1L;

  private OutOfOrderException(String message) {
    super(message);
  }

  /**
   * @param key listed after the other
   */
  static void requireOrder(String prefix, String other, String key) throws OutOfOrderException {
    if (KeyRange.isBefore(key, other)) {
      throw new OutOfOrderException(
          prefix
              + ": the store lists "
              + key
              + " after "
              + other
              + ", and the job lists ranges of keys in order; set fs.s3a.list.version=1");
    }
  }

  /** The same, for a key that was requested to be after another. */
  static void requireBehind(String prefix, String other, String key) throws OutOfOrderException {
    if (key.equals(other)) {
      throw new OutOfOrderException(prefix + ": the store lists start-after=" + key + " with it");
    }
    requireOrder(prefix, other, key);
  }
}
