package org.inceptionspark.job.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.Relabel;

/**
 * Which of the listed objects a run labels.
 *
 * @param since only objects modified at this time or later
 * @param limit most objects, the first by path
 */
public record Selection(Relabel relabel, Optional<Instant> since, OptionalLong limit) {
  /** What is new, all of it. */
  public static final Selection NEW =
      new Selection(Relabel.NONE, Optional.empty(), OptionalLong.empty());

  public Selection {
    if (limit.isPresent() && (limit.getAsLong() < 1 || limit.getAsLong() > Integer.MAX_VALUE)) {
      throw new ConfigurationException(
          "limit must be from 1 to " + Integer.MAX_VALUE + ", found " + limit.getAsLong());
    }
  }

  /** This number, or the limit if that is lower. */
  public long limited(long objects) {
    return Math.min(objects, limit.orElse(Long.MAX_VALUE));
  }
}
