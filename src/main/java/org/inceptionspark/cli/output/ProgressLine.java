package org.inceptionspark.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.inceptionspark.job.task.Progress;

/** A line of progress: redrawn on a terminal, printed now and then elsewhere. */
public final class ProgressLine implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration IN_FILE = Duration.ofSeconds(30);

  private static final Pattern PROGRESS =
      Pattern.compile(
          "[\\d,]+( of [\\d,]+)? images, [\\d,]+ errors, [\\d.,]+ images/s(, [\\d:]+ left)?");

  private enum Medium {
    TERMINAL,
    FILE
  }

  private final PrintWriter out;
  private final Medium medium;
  private long lastPrint = System.nanoTime();
  private int width;
  private boolean closed;

  private ProgressLine(PrintWriter out, Medium medium) {
    this.out = out;
    this.medium = medium;
  }

  public static ProgressLine to(PrintWriter out) {
    return new ProgressLine(out, System.console() == null ? Medium.FILE : Medium.TERMINAL);
  }

  /** May be called from any thread, any number of times. */
  public void update(Progress progress) {
    show(text(progress));
  }

  /** The same with any words. */
  synchronized void show(String line) {
    Duration pause = medium == Medium.TERMINAL ? ON_TERMINAL : IN_FILE;
    if (closed || System.nanoTime() - lastPrint < pause.toNanos()) {
      return;
    }
    lastPrint = System.nanoTime();
    if (medium == Medium.FILE) {
      out.println(line);
    } else {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }
  }

  /** A line that is always printed. */
  public synchronized void say(String line) {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
    out.println(line);
    out.flush();
  }

  /** Whether a line is only progress, which is of no interest afterwards. */
  public static boolean isProgress(String line) {
    return PROGRESS.matcher(line).matches();
  }

  static String text(Progress progress) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%,d", progress.images()));
    progress.total().ifPresent(total -> line.append(String.format(Locale.ROOT, " of %,d", total)));
    line.append(
        String.format(
            Locale.ROOT,
            " images, %,d errors, %.1f images/s",
            progress.errors(),
            progress.imagesPerSecond()));
    progress.left().ifPresent(left -> line.append(", ").append(clock(left)).append(" left"));
    return line.toString();
  }

  private static String clock(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** Ends the line on a terminal. */
  @Override
  public synchronized void close() {
    if (!closed && width > 0) {
      out.println();
    }
    closed = true;
  }
}
