package org.inceptionspark.job.runs;

/** What can become of an image. All but the first are kinds of the table's {@code error} column. */
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
  /** Storage did not give the bytes, after retries; the only kind worth another try. */
  UNREADABLE
}
