package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * Tables with a log of which of their files are current. Reading such a directory file by file
 * gives rows that were replaced or deleted.
 */
public enum TableLayout {
  DELTA("a Delta table") {
    @Override
    boolean is(FileSystem fileSystem, Path directory) throws IOException {
      return fileSystem.exists(new Path(directory, "_delta_log"));
    }
  },
  ICEBERG("an Iceberg table") {
    @Override
    boolean is(FileSystem fileSystem, Path directory) throws IOException {
      return Arrays.stream(fileSystem.listStatus(new Path(directory, "metadata")))
          .map(FileStatus::getPath)
          .anyMatch(file -> ICEBERG_METADATA.matcher(file.getName()).matches());
    }
  },
  HUDI("a Hudi table") {
    @Override
    boolean is(FileSystem fileSystem, Path directory) throws IOException {
      return fileSystem.exists(new Path(directory, ".hoodie"));
    }
  };

  /** Such as {@code v3.metadata.json} or {@code 00002-6f0c….gz.metadata.json}. */
  private static final Pattern ICEBERG_METADATA =
      Pattern.compile("(v\\d+|\\d+-[^/]+?)(\\.gz)?\\.metadata\\.json(\\.gz)?");

  private final String words;

  TableLayout(String words) {
    this.words = words;
  }

  abstract boolean is(FileSystem fileSystem, Path directory) throws IOException;

  /** The format's name for Spark's readers. */
  public String format() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The layout of the table in this directory, if it has one of these. */
  public static Optional<TableLayout> of(FileSystem fileSystem, Path directory) throws IOException {
    for (TableLayout layout : values()) {
      try {
        if (layout.is(fileSystem, directory)) {
          return Optional.of(layout);
        }
      } catch (FileNotFoundException e) {
        // as in most directories, there is none
      }
    }
    return Optional.empty();
  }

  /** The nearest such table that this file or directory is a part of. */
  public static Optional<Enclosing> around(FileSystem fileSystem, Path path) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      try {
        Optional<TableLayout> layout = of(fileSystem, above);
        if (layout.isPresent()) {
          return Optional.of(new Enclosing(layout.get(), above));
        }
      } catch (AccessDeniedException | AccessControlException e) {
        return Optional.empty(); // only what is below may be read, so this is not a table
      }
    }
    return Optional.empty();
  }

  /** A table around a path. */
  public record Enclosing(TableLayout layout, Path table) {}

  /** For messages, such as {@code a Delta table}. */
  @Override
  public String toString() {
    return words;
  }
}
