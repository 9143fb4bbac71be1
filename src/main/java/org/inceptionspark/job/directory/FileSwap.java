package org.inceptionspark.job.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.RunException;

/**
 * Replaces files of a table by others. The new ones are written whole into {@code
 * _replacement/<id>}, where readers do not look. Then this record of the intention is written
 * beside them, and from that moment the swap is decided: the next lease holder finishes it ({@link
 * #finishAll}), step by step, however often it is interrupted. Without the record nothing has
 * happened, and the files are garbage.
 *
 * <p>A file is deleted before the one with its rows appears: a reader may miss rows for a moment,
 * but never sees one twice. Names are never reused, so a name always means the same rows.
 *
 * @param removed files to delete first, relative to the table: {@code
 *     run_date=2026-01-31/part-0.parquet}
 * @param moves in their order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FileSwap(String id, List<String> removed, List<Move> moves) {
  static final String DIRECTORY = "_replacement";

  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A new file.
   *
   * @param staged its path now, relative to the table
   * @param file its future path, relative to the table
   * @param inPlaceOf a file that is deleted just before, so that its rows are missing as briefly as
   *     possible; or null
   */
  record Move(String staged, String file, String inPlaceOf) {}

  public FileSwap {
    removed = List.copyOf(removed);
    moves = List.copyOf(moves);
  }

  /** Where the new files are written. */
  static Path staging(OutputTable table, String id) {
    return new Path(new Path(table.path(), DIRECTORY), id);
  }

  /**
   * Decides and finishes.
   *
   * @throws RunException if another run has taken over
   */
  void commit(OutputTable table) throws IOException {
    LockedTable.check(table.qualified().toString());
    if (!table.smallFiles().create(intention(table), JSON.writeValueAsBytes(this))) {
      throw new RunException(
          "table " + table.uri() + ": another run has decided on " + id + " already", null);
    }
    finish(table);
  }

  /**
   * Finishes swaps that were decided and deletes the others.
   *
   * @return how many were finished
   */
  public static int finishAll(OutputTable table) throws IOException {
    Path directory = new Path(table.path(), DIRECTORY);
    int finished = 0;
    for (FileStatus entry : list(table.fileSystem(), directory)) {
      if (entry.getPath().getName().endsWith(SUFFIX)) {
        Optional<FileSwap> decided = ofJson(table.smallFiles().read(entry.getPath()));
        if (decided.isPresent()) {
          decided.get().finish(table);
          finished++;
        }
      }
    }
    table.fileSystem().delete(directory, true);
    return finished;
  }

  /** A record that was only partly written was not decided: nothing of it has been done. */
  private static Optional<FileSwap> ofJson(byte[] intention) {
    try {
      return Optional.of(JSON.readValue(intention, FileSwap.class));
    } catch (IOException cutShort) {
      return Optional.empty();
    }
  }

  private Path intention(OutputTable table) {
    return new Path(new Path(table.path(), DIRECTORY), id + SUFFIX);
  }

  /** Any step may have been done already. */
  private void finish(OutputTable table) throws IOException {
    for (String file : removed) {
      delete(table, file);
    }
    for (Move move : moves) {
      LockedTable.check(table.qualified().toString()); // on S3 each takes a while
      if (move.inPlaceOf() != null) {
        delete(table, move.inPlaceOf());
      }
      rename(
          table.fileSystem(),
          new Path(table.path(), move.staged()),
          new Path(table.path(), move.file()));
    }
    table.fileSystem().delete(staging(table, id), true);
    table.fileSystem().delete(intention(table), false);
  }

  private static void delete(OutputTable table, String file) throws IOException {
    table.fileSystem().delete(new Path(table.path(), file), false);
  }

  private static void rename(FileSystem fileSystem, Path from, Path to) throws IOException {
    if (!fileSystem.exists(to)) {
      fileSystem.mkdirs(to.getParent());
      if (!fileSystem.rename(from, to)) {
        throw new RunException("cannot rename " + from + " to " + to, null);
      }
    }
  }

  private static List<FileStatus> list(FileSystem fileSystem, Path directory) throws IOException {
    try {
      return Arrays.asList(fileSystem.listStatus(directory));
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }
}
