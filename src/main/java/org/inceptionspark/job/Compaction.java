package org.inceptionspark.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A night's small files that are to be replaced by larger ones with the same rows. The new files
 * are written whole into {@code _compaction/<id>}, where readers do not look. Then this intention
 * is written beside them, and from that moment the compaction is decided: whoever owns the table
 * next finishes it ({@link #finishAll}), step by step, however often it is interrupted. Without the
 * intention nothing has happened, and the files are garbage.
 *
 * @param night the partition's directory, below the table: {@code run_date=2026-01-31}
 * @param files names of the new files, in {@code _compaction/<id>} or in the night already
 * @param replaced names of the old ones in the night
 */
@JsonNaming(SnakeCaseStrategy.class)
record Compaction(String id, String night, List<String> files, List<String> replaced) {
  static final String DIRECTORY = "_compaction";

  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  Compaction {
    files = List.copyOf(files);
    replaced = List.copyOf(replaced);
  }

  /** Where the new files of a compaction are written. */
  static Path staging(OutputTable table, String id) {
    return new Path(new Path(table.path(), DIRECTORY), id);
  }

  /** Decides and finishes. */
  void commit(OutputTable table) throws IOException {
    table.smallFiles().create(intention(table), JSON.writeValueAsBytes(this));
    finish(table);
  }

  /**
   * Finishes what was decided and deletes what was not.
   *
   * @return how many were finished
   */
  static int finishAll(OutputTable table) throws IOException {
    Path directory = new Path(table.path(), DIRECTORY);
    int finished = 0;
    for (FileStatus entry : list(table.fileSystem(), directory)) {
      if (entry.getPath().getName().endsWith(SUFFIX)) {
        JSON.readValue(table.smallFiles().read(entry.getPath()), Compaction.class).finish(table);
        finished++;
      }
    }
    table.fileSystem().delete(directory, true);
    return finished;
  }

  private Path intention(OutputTable table) {
    return new Path(new Path(table.path(), DIRECTORY), id + SUFFIX);
  }

  /** Any step may have been done already. */
  private void finish(OutputTable table) throws IOException {
    FileSystem fileSystem = table.fileSystem();
    Path target = new Path(table.path(), night);
    for (String file : files) {
      Path staged = new Path(staging(table, id), file);
      Path visible = new Path(target, file);
      if (!fileSystem.exists(visible) && !fileSystem.rename(staged, visible)) {
        throw new RunException("cannot rename " + staged + " to " + visible, null);
      }
    }
    for (String file : replaced) {
      fileSystem.delete(new Path(target, file), false);
    }
    fileSystem.delete(staging(table, id), true);
    fileSystem.delete(intention(table), false);
  }

  private static List<FileStatus> list(FileSystem fileSystem, Path directory) throws IOException {
    try {
      return new ArrayList<>(Arrays.asList(fileSystem.listStatus(directory)));
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }
}
