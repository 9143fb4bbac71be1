package org.inceptionspark.job.directory;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.directory.FileSwap.Move;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.RowPlace;
import scala.Tuple2;

/**
 * Files rewritten without some of their rows, where readers do not look.
 *
 * @param rest the new file for each old one; none if all rows were removed
 */
record RewrittenFiles(Map<Path, Optional<Path>> rest) {

  /**
   * Rewrites the files with such rows, in tasks.
   *
   * @param rows to remove, by {@link ExistingRows#FILE} and {@link ExistingRows#PLACE}
   * @param directory for the new files
   */
  static RewrittenFiles without(SparkSession spark, Dataset<Row> rows, Path directory) {
    Dataset<Row> places =
        rows.select(ExistingRows.FILE, ExistingRows.PLACE)
            .distinct()
            .groupBy(ExistingRows.FILE)
            .agg(collect_list(col(ExistingRows.PLACE)));
    int files = (int) places.count();
    Map<Path, Optional<Path>> rest = new TreeMap<>();
    if (files > 0) {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      RowDeletion deletion =
          new RowDeletion(
              directory,
              context.broadcast(
                  new SerializableConfiguration(spark.sessionState().newHadoopConf())));
      for (Tuple2<String, String> file :
          places
              .repartition(files)
              .map(deletion, Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
              .collectAsList()) {
        boolean nothing = file._2().equals(RowDeletion.NOTHING);
        rest.put(
            RowPlace.path(file._1()),
            nothing ? Optional.empty() : Optional.of(new Path(file._2())));
      }
    }
    return new RewrittenFiles(rest);
  }

  /** What replaces a file: itself if it was not rewritten, else its new file or nothing. */
  Optional<Path> of(Path file) {
    return rest.getOrDefault(file, Optional.of(file));
  }

  /** Files of which nothing is left, below the table. */
  List<String> removed(OutputTable table) throws IOException {
    List<String> removed = new ArrayList<>();
    for (Map.Entry<Path, Optional<Path>> file : rest.entrySet()) {
      if (file.getValue().isEmpty()) {
        removed.add(table.below(file.getKey()));
      }
    }
    return removed;
  }

  /** The moves that put the rest of the other files in their place, under new names. */
  List<Move> moves(OutputTable table) throws IOException {
    List<Move> moves = new ArrayList<>();
    for (Map.Entry<Path, Optional<Path>> file : rest.entrySet()) {
      if (file.getValue().isPresent()) {
        Path staged = file.getValue().get();
        moves.add(
            new Move(
                table.below(staged),
                table.below(visible(file.getKey(), staged)),
                table.below(file.getKey())));
      }
    }
    return moves;
  }

  /** Where the rest can be read once everything is in place. */
  List<Path> visible() {
    List<Path> visible = new ArrayList<>();
    rest.forEach((file, left) -> left.ifPresent(staged -> visible.add(visible(file, staged))));
    return visible;
  }

  private static Path visible(Path file, Path staged) {
    return new Path(file.getParent(), staged.getName());
  }
}
