package org.inceptionspark.s3;

/** What happens to who reads an object. */
public enum Fault {
  /** 403, as with keys that have expired. */
  DENIED,
  /** 500. */
  BROKEN,
  /** 503, slow down. */
  THROTTLED,
  /** 404, although it was listed. */
  DELETED,
  /** The connection ends in the middle of the body; the rest never comes. */
  CUT,
  /** A complete answer with half of the bytes. */
  SHORT,
  /** Half of the body, and then nothing for ever. */
  HANGING
}
