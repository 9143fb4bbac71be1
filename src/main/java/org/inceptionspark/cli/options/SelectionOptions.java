package org.inceptionspark.cli.options;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.table.Relabel;
import picocli.CommandLine.Option;

/** The options for which of the listed objects are labelled. */
public final class SelectionOptions {
  @Option(
      names = "--relabel",
      defaultValue = "none",
      paramLabel = "none|all|stale|errors",
      description =
          "Instead of what is new, label again: everything, what only other models have"
              + " labelled, or errors.")
  private Relabel relabel;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only objects modified since this time, such as 2026-01-31 or" + " 2026-01-31T02:00:00Z.")
  private Optional<String> since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many images, the first by path.")
  private Optional<Long> limit;

  /**
   * @throws ConfigurationException if a value makes no sense
   */
  public Selection selection() {
    return new Selection(
        relabel,
        since.map(SelectionOptions::instant),
        limit.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static Instant instant(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ConfigurationException(
          "since must be a date or a time in UTC, such as 2026-01-31T02:00:00Z, found " + text, e);
    }
  }
}
