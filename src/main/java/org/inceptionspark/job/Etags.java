package org.inceptionspark.job;

/** An etag travels in quotes, and is kept without them. */
final class Etags {
  private static final String QUOTE = "\"";

  private Etags() {}

  static String unquoted(String etag) {
    boolean quoted = etag.length() > 1 && etag.startsWith(QUOTE) && etag.endsWith(QUOTE);
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  /** Weak etags keep the quotes they have. */
  static String quoted(String etag) {
    return etag.contains(QUOTE) ? etag : QUOTE + etag + QUOTE;
  }
}
