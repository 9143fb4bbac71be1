package org.inceptionspark.inception;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.inceptionspark.nn.run.Arithmetic;

/** What tests measure of exactness, in a file from which the documentation is written. */
public final class ExactnessFigures {
  /** The job's default, or {@code -Dexactness.arithmetic=direct} for {@code --kernels exact}. */
  public static final Arithmetic ARITHMETIC =
      Arithmetic.valueOf(
          System.getProperty("exactness.arithmetic", "minimal_filters").toUpperCase(Locale.ROOT));

  private final Path file;

  private ExactnessFigures(Path file) {
    this.file = file;
  }

  /** Begins the file anew. */
  public static ExactnessFigures in(String file) throws IOException {
    return new ExactnessFigures(Files.writeString(Path.of(file), ""));
  }

  public void add(String lines) throws IOException {
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }
}
