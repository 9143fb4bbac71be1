package org.inceptionspark.job.runs;

import java.util.Arrays;

/**
 * The possible outcomes for an image. All except the first are kinds of the table's {@code error}
 * column.
 */
public enum Outcome {
  /** It has logits, an embedding and labels. */
  LABELLED,
  /** No bytes at all. */
  EMPTY,
  /** The bytes are not those of a picture. */
  NOT_AN_IMAGE,
  /** A picture of a format or variant that is not read. */
  UNSUPPORTED_FORMAT,
  /** A picture that is damaged or cut off. */
  CORRUPT,
  /** More bytes or pixels than allowed. */
  TOO_LARGE,
  /** Labelling it fails, or ends the JVM, each time; its neighbours are labelled. */
  CRASHED,
  /** In an archive class of the storage, which cannot be read before it is restored. */
  ARCHIVED,
  /** Encrypted with a key that this reader may not use, or does not supply. */
  ACCESS_DENIED,
  /** Storage did not give the bytes, after retries. */
  UNREADABLE;

  /**
   * Whether another night may be able to read the object although it has not changed. Not for
   * {@link #ARCHIVED}: restores are rare, and an archive is large.
   */
  public boolean isWorthAnotherTry() {
    return this == ACCESS_DENIED || this == UNREADABLE;
  }

  /** The names of those. */
  public static Object[] worthAnotherTry() {
    return Arrays.stream(values()).filter(Outcome::isWorthAnotherTry).map(Outcome::name).toArray();
  }
}
