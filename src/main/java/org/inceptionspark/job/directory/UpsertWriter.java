package org.inceptionspark.job.directory;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inceptionspark.job.directory.FileSwap.Move;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RetriedImages;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.RowPlace;

/**
 * Commits rows in place of those that the table holds about the same versions by the same model, so
 * that a version never has two. A row gives way to one that is as good or better: labels are better
 * than a final error, and a final error is better than one that is worth another try. A new row
 * that is worse than what is there is dropped.
 *
 * <p>The new rows are written where readers do not look, and so is each file that loses rows,
 * without those; then a {@link FileSwap} puts everything in place.
 *
 * <p>To be used by the lease holder only.
 */
final class UpsertWriter {
  private final SparkSession spark;
  private final OutputTable table;
  private final TableWriter writer;
  private final Night night;
  private int replacements;
  private RetriedImages retried = RetriedImages.NONE;
  private Set<Path> files = Set.of();

  UpsertWriter(SparkSession spark, OutputTable table, Night night) {
    this.spark = spark;
    this.table = table;
    this.night = night;
    this.writer = new TableWriter(table, night.runDate());
  }

  /**
   * Searches the table once for rows that may have to give way to new ones; from here on only files
   * with such rows are read.
   *
   * @param objects with the columns of {@link SourceImage#LISTED}
   * @return what was found, if anything, to be closed
   */
  Optional<PersistedDataset> find(Dataset<Row> objects) throws IOException {
    Optional<PersistedDataset> rows =
        table.existingRows(spark).map(night::replaceable).map(held -> about(objects, held));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    PersistedDataset found = rows.get();
    files = new TreeSet<>();
    found.rows().select(ExistingRows.FILE).distinct().as(Encoders.STRING()).collectAsList().stream()
        .map(RowPlace::path)
        .forEach(files::add);
    if (files.isEmpty()) {
      found.close();
      return Optional.empty();
    }
    return Optional.of(found);
  }

  private static PersistedDataset about(Dataset<Row> objects, Dataset<Row> rows) {
    return PersistedDataset.of(
        rows.as("o").join(objects.as("r"), ExistingRows.sameVersion(), "left_semi"));
  }

  /**
   * Materialises what would otherwise be recomputed from the table if a machine were lost: the
   * table will have other files by then.
   *
   * @param name used once
   */
  Dataset<Row> materialised(Dataset<Row> objects, String name) throws IOException {
    Path file = new Path(FileSwap.staging(table, night.runId()), name);
    writer.note(objects, file);
    return spark.read().schema(objects.schema()).parquet(LiteralPaths.of(file.toString()));
  }

  /**
   * Commits rows that have the columns of the table's files and are new.
   *
   * @return the committer, as for {@link TableWriter#append}
   */
  String append(Dataset<Row> rows) throws IOException {
    return writer.append(rows);
  }

  /**
   * Commits such rows in place of others.
   *
   * @return the committer, as for {@link TableWriter#append}
   * @throws IOException if it cannot be done, or another run has taken over
   */
  String replace(Dataset<Row> rows) throws IOException {
    String id = night.runId() + "-" + replacements++;
    Path staging = FileSwap.staging(table, id);
    Path written = new Path(staging, "rows");
    String committer = writer.stage(rows, written);
    try (PersistedDataset pairs = PersistedDataset.of(pairs(written))) {
      count(
          pairs
              .rows()
              .where(ExistingRows.worth("old_kind").equalTo(0))
              .select("new_path", "new_kind"));
      RewrittenFiles dropped = without(pairs.rows().where(not(isReplaced())), "new", staging);
      RewrittenFiles left = without(pairs.rows().where(isReplaced()), "old", staging);
      replacement(id, written, dropped, left).commit(table);
      files.removeAll(left.rest().keySet());
      files.addAll(left.visible());
    }
    return committer;
  }

  private void count(Dataset<Row> objects) {
    Row counts =
        objects
            .distinct()
            .agg(
                functions.count(lit(1)),
                functions.count_if(ExistingRows.worth("new_kind").equalTo(0)))
            .head();
    retried = retried.plus(new RetriedImages(counts.getLong(0), counts.getLong(1)));
  }

  /** So far. */
  RetriedImages retried() {
    return retried;
  }

  /** Each new row with an earlier one, as {@code new} and {@code old}. */
  private Dataset<Row> pairs(Path written) {
    Dataset<Row> rows = ExistingRows.read(spark, written);
    Dataset<Row> earlier = night.replaceable(ExistingRows.read(spark, files));
    return rows.as("o")
        .join(earlier.as("r"), ExistingRows.sameVersion())
        .select(
            col("o." + SourceImage.PATH).as("new_path"),
            col("o." + ExistingRows.FILE).as("new_file"),
            col("o." + ExistingRows.PLACE).as("new_place"),
            col("o." + ExistingRows.KIND).as("new_kind"),
            col("r." + ExistingRows.FILE).as("old_file"),
            col("r." + ExistingRows.PLACE).as("old_place"),
            col("r." + ExistingRows.KIND).as("old_kind"));
  }

  private static Column isReplaced() {
    return ExistingRows.worth("new_kind").geq(ExistingRows.worth("old_kind"));
  }

  /**
   * Rewrites the files of these rows without them.
   *
   * @param which of the rows in a pair
   */
  private RewrittenFiles without(Dataset<Row> pairs, String which, Path staging) {
    Dataset<Row> rows =
        pairs.select(
            col(which + "_file").as(ExistingRows.FILE),
            col(which + "_place").as(ExistingRows.PLACE));
    return RewrittenFiles.without(spark, rows, new Path(staging, which));
  }

  private FileSwap replacement(String id, Path written, RewrittenFiles dropped, RewrittenFiles left)
      throws IOException {
    List<Move> moves = new ArrayList<>(left.moves(table));
    for (FileStatus file : writer.staged(written)) {
      Optional<Path> rows = dropped.of(file.getPath());
      if (rows.isPresent()) {
        Path visible = new Path(writer.night(), file.getPath().getName());
        moves.add(new Move(table.below(rows.get()), table.below(visible), null));
      }
    }
    return new FileSwap(id, left.removed(table), moves);
  }
}
