package org.inceptionspark.job.catalog;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a commit that conflicted with another, or whose outcome is unknown. */
final class CommitRetries {
  private static final Logger LOG = LoggerFactory.getLogger(CommitRetries.class);
  private static final int TRIES = 12;
  private static final long LONGEST_PAUSE_MILLIS = 20_000;

  /** By their simple names: the formats' classes come with the user's jars. */
  private static final Set<String> CONFLICTS =
      Set.of(
          "ValidationException",
          "CommitFailedException",
          "CommitStateUnknownException",
          "ConcurrentAppendException",
          "ConcurrentDeleteReadException",
          "ConcurrentDeleteDeleteException",
          "ConcurrentTransactionException",
          "ConcurrentWriteException",
          "AlreadyExistsException",
          "TableAlreadyExistsException",
          "MetadataChangedException",
          "ProtocolChangedException");

  private final String table;

  /** An action that may be refused; Spark also throws undeclared checked exceptions. */
  @FunctionalInterface
  interface Commit {
    void run() throws Exception;
  }

  private CommitRetries(String table) {
    this.table = table;
  }

  static CommitRetries of(String table) {
    return new CommitRetries(table);
  }

  /**
   * @throws RunException if every attempt failed
   */
  void run(Commit commit) throws RunException {
    for (int i = 1; ; i++) {
      try {
        commit.run();
        return;
      } catch (Exception e) { // Spark throws undeclared checked exceptions
        if (e instanceof ConfigurationException refused) {
          throw refused;
        }
        if (i == TRIES || !isConflict(e)) {
          throw new RunException("labels into " + table + ": " + StorageFailure.describe(e), e);
        }
        LOG.info("table {}: another commit came first, try {}: {}", table, i, e.getMessage());
        pause(i);
      }
    }
  }

  private static boolean isConflict(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(cause -> isConflict(cause.getClass()));
  }

  private static boolean isConflict(Class<?> type) {
    return Stream.<Class<?>>iterate(type, one -> one != null, Class::getSuperclass)
        .anyMatch(one -> CONFLICTS.contains(one.getSimpleName()));
  }

  private static void pause(int tried) throws RunException {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, 200L << Math.min(tried, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted", e);
    }
  }
}
