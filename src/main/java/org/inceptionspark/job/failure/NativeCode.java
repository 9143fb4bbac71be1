package org.inceptionspark.job.failure;

/** The native code of compression codecs, which comes in their jars. */
public final class NativeCode {
  private NativeCode() {}

  /** Whether the failure is that it could not be loaded, now or earlier. */
  static boolean isMissing(Throwable e) {
    String what = e.getClass().getName() + " " + e.getMessage();
    return e instanceof UnsatisfiedLinkError
        || e instanceof LinkageError && what.matches("(?s).*(snappy|zstd|Snappy|Zstd).*")
        || what.startsWith("org.xerial.snappy.SnappyError");
  }

  /** What to do about it. */
  public static String words() {
    return "its native code cannot be loaded from java.io.tmpdir, "
        + System.getProperty("java.io.tmpdir")
        + ", which may be mounted noexec: give driver and executors another with"
        + " extraJavaOptions=-Djava.io.tmpdir=DIRECTORY, or set"
        + " spark.sql.parquet.compression.codec=gzip, which is Java's own";
  }
}
