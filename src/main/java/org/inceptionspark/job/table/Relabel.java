package org.inceptionspark.job.table;

/** Whether a run labels what is new, or again what the table already holds. */
public enum Relabel {
  /**
   * What the table does not hold for this model: new objects, other versions of known ones, and
   * those that were {@code UNREADABLE}.
   */
  NONE,
  /** Only versions that the table holds for other models and not for this one. */
  STALE,
  /** Only versions that the table holds for this model with an error, of whatever kind. */
  ERRORS,
  /** Everything that is listed. */
  ALL;

  /**
   * Whether rows of the same bytes may be copied: not when errors or everything are to be computed
   * again.
   */
  public boolean mayReuse() {
    return this == NONE || this == STALE;
  }
}
