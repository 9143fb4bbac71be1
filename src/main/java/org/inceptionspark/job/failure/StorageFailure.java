package org.inceptionspark.job.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.security.AccessControlException;
import org.inceptionspark.shims.S3a;

/**
 * Condenses a storage failure into a few words. They are the same each time the same thing goes
 * wrong: request ids, which differ, are only in the log.
 */
public final class StorageFailure {
  private static final int LONGEST = 300;

  /** English messages of systems: disk full, quota exceeded, file size limit. */
  private static final Pattern FULL_DISK =
      Pattern.compile("No space left on device|Disk quota exceeded|File too large");

  private static final Pattern HDFS_REFUSAL =
      Pattern.compile("user=([^,]+), access=(\\w+), inode=\"([^\"]+)\"");

  /** Exceptions of S3A are matched by name: a site without S3A lacks the classes. */
  private record Rule(Predicate<Throwable> applies, Function<Throwable, String> words) {
    Rule(Class<? extends Throwable> type, Function<Throwable, String> words) {
      this(type::isInstance, words);
    }

    static Rule ofS3a(String type, Function<Throwable, String> words) {
      return new Rule(e -> S3a.isException(e, type), words);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.ofS3a("RemoteFileChangedException", e -> "changed since it was listed"),
          Rule.ofS3a("UnknownStoreException", e -> "the bucket does not exist"),
          Rule.ofS3a("NoAuthWithAWSException", e -> "no credentials for this storage"),
          new Rule(AccessDeniedException.class, StorageFailure::denied),
          new Rule(AccessControlException.class, StorageFailure::refusal),
          new Rule(SafeModeException.class, e -> "HDFS is in safe mode, and takes nothing"),
          new Rule(QuotaExceededException.class, StorageFailure::quota),
          new Rule(FileNotFoundException.class, StorageFailure::unopened),
          new Rule(NoSuchFileException.class, e -> "not found"),
          Rule.ofS3a("impl.InstantiationIOException", StorageFailure::unmade),
          Rule.ofS3a("AWSServiceIOException", e -> "storage answered " + S3a.statusCode(e)),
          new Rule(UnsupportedFileSystemException.class, StorageFailure::unknownScheme),
          new Rule(UnknownHostException.class, e -> "unknown host"),
          new Rule(ConnectException.class, e -> "storage cannot be reached"),
          new Rule(SocketTimeoutException.class, e -> "storage did not answer in time"),
          new Rule(InterruptedIOException.class, e -> "interrupted"),
          new Rule(
              StorageFailure::isShutDown,
              e -> "Spark was shut down under it, as yarn application -kill does"));

  /** The message for any Spark job that is running. */
  private static final String SHUT_DOWN = "cancelled because SparkContext was shut down";

  /** Whether retrying will not help, because the user must change something. */
  private static final List<Class<? extends Throwable>> PERMANENT =
      List.of(
          AccessDeniedException.class,
          AccessControlException.class,
          UnsupportedFileSystemException.class);

  private static final List<String> PERMANENT_IN_S3A =
      List.of("UnknownStoreException", "NoAuthWithAWSException", "impl.InstantiationIOException");

  private static final Pattern FIRST_LIBRARY =
      Pattern.compile(
          "Class (com\\.amazonaws\\.\\S+) .*configuration key (\\S+)\\)", Pattern.DOTALL);

  /** The reason that systems append to the name of a file that cannot be opened. */
  private static final Pattern REASON = Pattern.compile(".* \\(([A-Z][a-z ]+)\\)", Pattern.DOTALL);

  private static final Pattern S3_SCHEME = Pattern.compile("No FileSystem for scheme \"s3n?\"");

  private StorageFailure() {}

  /** Files of this machine have no credentials. */
  private static String denied(Throwable e) {
    return e.getCause() == null ? "permission denied" : "access denied, check the credentials";
  }

  private static String unknownScheme(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return S3_SCHEME.matcher(message).find()
        ? message + ": for S3 write s3a://"
        : oneLine(message, LONGEST);
  }

  /** Sites that come from Hadoop 3.3 have names of AWS's first library. */
  private static String unmade(Throwable e) {
    Matcher first = FIRST_LIBRARY.matcher(String.valueOf(e.getMessage()));
    return first.find()
        ? first.group(2)
            + " names "
            + first.group(1)
            + " of AWS's first library, which is not here; needed is a class of the second, such as"
            + " software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider"
        : words(e);
  }

  private static String unopened(Throwable e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    boolean told = reason.matches() && !reason.group(1).startsWith("No such file");
    return told ? reason.group(1).toLowerCase(Locale.ROOT) : "not found";
  }

  /** The cause says best why a store refuses an object, or all that is asked this way. */
  private static Optional<String> ofAnswer(Throwable failure) {
    return ObjectRefusal.of(failure)
        .map(ObjectRefusal::words)
        .or(() -> StoreRefusal.describe(failure));
  }

  private static Optional<String> ofJvm(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return Optional.of(
          "out of memory (" + e.getMessage() + "): give the driver more with --driver-memory");
    }
    if (NativeCode.isMissing(e)) {
      return Optional.of(NativeCode.words());
    }
    if (e instanceof NoClassDefFoundError || e instanceof NoSuchMethodError) {
      return Optional.of(
          e.getMessage() + " is missing: the jar is not whole, or was made for another Spark");
    }
    return Optional.empty();
  }

  /**
   * What to throw when storage refuses something that the user named.
   *
   * @param what for the message, such as {@code input s3a://bucket/in}
   * @throws ConfigurationException if retrying will not help
   */
  public static IOException about(String what, IOException failure) {
    String message = what + ": " + describe(failure);
    if (StoreRefusal.describe(failure).isPresent()) {
      throw new ConfigurationException(message, failure);
    }
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (isPermanent(e)) {
        throw new ConfigurationException(message, failure);
      }
    }
    return new RunException(message, failure);
  }

  private static boolean isPermanent(Throwable e) {
    return PERMANENT.stream().anyMatch(type -> type.isInstance(e))
        || PERMANENT_IN_S3A.stream().anyMatch(type -> S3a.isException(e, type));
  }

  /** HDFS's message says who wanted which access to which inode. */
  private static String refusal(Throwable e) {
    Matcher matcher = HDFS_REFUSAL.matcher(String.valueOf(e.getMessage()));
    return matcher.find()
        ? "access denied: user "
            + matcher.group(1)
            + " has no "
            + matcher.group(2)
            + " on "
            + matcher.group(3)
        : "permission denied";
  }

  private static String quota(Throwable e) {
    return "beyond the quota: " + oneLine(String.valueOf(e.getMessage()), LONGEST);
  }

  private static boolean isFullDisk(Throwable e) {
    return e.getMessage() != null && FULL_DISK.matcher(e.getMessage()).find();
  }

  private static boolean isShutDown(Throwable e) {
    return e.getMessage() != null && e.getMessage().contains(SHUT_DOWN);
  }

  private static boolean isMissingFile(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(FileNotFoundException.class::isInstance);
  }

  /** One short line. */
  public static String describe(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof ConfigurationException || e instanceof RunException) {
        return e.getMessage();
      }
    }
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (isFullDisk(e)) {
        return "the disk is full";
      }
    }
    Optional<String> ofJvm =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .flatMap(e -> ofJvm(e).stream())
            .findFirst();
    if (ofJvm.isPresent()) {
      return ofJvm.get();
    }
    Optional<String> ofAnswer = ofAnswer(failure);
    if (ofAnswer.isPresent()) {
      return ofAnswer.get();
    }
    Optional<String> ofSpark = SparkFailure.describe(failure, LONGEST);
    if (ofSpark.isPresent()
        && isMissingFile(failure)) { // which file of a table it was, only Spark knows
      return ofSpark.get();
    }
    for (Rule rule : RULES) {
      for (Throwable e = failure; e != null; e = e.getCause()) {
        if (rule.applies().test(e)) {
          return rule.words().apply(e);
        }
      }
    }
    return ofSpark.orElseGet(() -> words(failure));
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : oneLine(message, LONGEST);
  }

  static String oneLine(String message, int longest) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").replaceAll("\\(Service: .*", "").strip();
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }
}
