package org.inceptionspark.spark;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * This machine's files, for a process that is told to end in the middle of a commit: after the
 * first rename to a name that the system property {@link #STEP} matches, a signal ends the JVM, and
 * the rename returns when Spark has been stopped, or has not for a while.
 */
public final class InterruptingFileSystem extends LocalFileSystem {
  public static final String STEP = "interrupted.after";

  private static final int POLLS = 60;
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    boolean done = super.rename(from, to);
    String step = System.getProperty(STEP, "");
    if (Pattern.matches(step, to.toUri().getPath()) && ENDING.compareAndSet(false, true)) {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-TERM", self).start();
      awaitStop();
    }
    return done;
  }

  private static boolean isStopped() {
    return SparkSession.getDefaultSession().isEmpty()
        || SparkSession.getDefaultSession().get().sparkContext().isStopped();
  }

  private static void awaitStop() throws IOException {
    try {
      for (int i = 0; i < POLLS && !isStopped(); i++) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
