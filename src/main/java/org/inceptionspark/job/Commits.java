package org.inceptionspark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.plan.Totals;
import org.inceptionspark.job.runs.Again;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.FileSwap;
import org.inceptionspark.job.table.OutputTable;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.ReplacingWriter;
import org.inceptionspark.job.table.TableWriter;

/**
 * Puts the rows of a run into its table, chunk by chunk. Objects of which the table has a row that
 * may have to give way are looked for once, and labelled after the others, in chunks of their own:
 * what is new costs no more because of them.
 */
final class Commits {
  private final OutputTable table;
  private final TableWriter writer;
  private final ReplacingWriter replacing;

  Commits(OutputTable table, TableWriter writer, ReplacingWriter replacing) {
    this.table = table;
    this.writer = writer;
    this.replacing = replacing;
  }

  /** How the rows of a part get into the table. */
  enum Way {
    /** They are new. */
    ADDED,
    /** They take the place of others, or are dropped if they are worse. */
    REPLACING
  }

  /**
   * Some of the objects that a run labels.
   *
   * @param objects with the columns of {@link SourceImage#LISTED}; at least one
   */
  record Part(Dataset<Row> objects, Totals totals, Way way) {}

  /**
   * To be called before the table changes. What it gives does not depend on files that this run
   * replaces.
   *
   * @param selected what the run will label; at least one
   */
  List<Part> parts(Dataset<Row> selected, Totals totals) throws IOException {
    Optional<PersistedDataset> earlier = replacing.find(selected);
    if (earlier.isEmpty()) {
      return List.of(new Part(selected, totals, Way.ADDED));
    }
    try (PersistedDataset found = earlier.get()) {
      return parts(selected, totals, found.rows());
    }
  }

  private List<Part> parts(Dataset<Row> selected, Totals totals, Dataset<Row> earlier)
      throws IOException {
    Dataset<Row> again = replacing.settled(versions(selected, earlier, "left_semi"), "again");
    Dataset<Row> fresh = replacing.settled(versions(selected, earlier, "left_anti"), "new");
    Totals ofAgain = Totals.of(again);
    List<Part> parts = new ArrayList<>();
    if (ofAgain.objects() < totals.objects()) {
      parts.add(new Part(fresh, totals.without(ofAgain), Way.ADDED));
    }
    parts.add(new Part(again, ofAgain, Way.REPLACING));
    return parts;
  }

  private static Dataset<Row> versions(Dataset<Row> objects, Dataset<Row> rows, String kind) {
    return objects.as("o").join(rows.as("r"), ExistingRows.sameVersion(), kind);
  }

  /**
   * Some objects of a part, in such a way that they do not depend on files that this run replaces.
   */
  Dataset<Row> settled(Dataset<Row> objects, Way way) throws IOException {
    return way == Way.REPLACING ? replacing.settled(objects, "others") : objects;
  }

  /**
   * Commits a chunk.
   *
   * @param rows with the columns of the table's files
   * @return the committer, as {@link TableWriter#append} has it
   */
  String put(Dataset<Row> rows, Way way) throws IOException {
    return switch (way) {
      case ADDED -> writer.append(rows);
      case REPLACING -> replacing.replace(rows);
    };
  }

  /** Images that were asked for again, so far. */
  Again again() {
    return replacing.again();
  }

  /** Deletes what was needed on the way, if there was any. */
  void end(List<Part> parts) throws IOException {
    if (parts.stream().anyMatch(part -> part.way() == Way.REPLACING)) {
      FileSwap.finishAll(table);
    }
  }
}
