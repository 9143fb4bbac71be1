package org.inceptionspark.job.packed;

import java.io.IOException;

/** A packed file or a member of one is not what it claims to be. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * @param message one line, such as {@code ends within a member that begins at byte 512}
   */
  public DamagedException(String message) {
    this("CORRUPT", message);
  }

  private DamagedException(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Not damaged, but of a variant that is not supported. */
  static DamagedException unsupported(String message) {
    return new DamagedException("UNSUPPORTED_FORMAT", message);
  }

  /** The kind for the table's column {@code error.kind}. */
  public String kind() {
    return kind;
  }
}
