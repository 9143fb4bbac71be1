package org.inceptionspark.job.storage;

/** An etag travels in quotes, and is kept without them. */
public final class Etags {
  private static final String QUOTE = "\"";

  private Etags() {}

  public static String unquoted(String etag) {
    boolean quoted = etag.length() > 1 && etag.startsWith(QUOTE) && etag.endsWith(QUOTE);
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  /** Weak etags keep the quotes they have. */
  public static String quoted(String etag) {
    return etag.contains(QUOTE) ? etag : QUOTE + etag + QUOTE;
  }
}
