package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.transfer.Transfer;
import org.inceptionspark.shims.SparkLine;

/**
 * Lists trees whose root has more entries than the driver would look at. One task lists a root; the
 * directories in it, which may be hundreds of thousands, go to all tasks by the hashes of their
 * paths, and the files with them.
 */
final class LargeTrees {
  private static final String DIRECTORY = "directory";

  /** What a root has: files, and directories of which only the path is known. */
  private static final StructType ENTRIES =
      ListPartition.FOUND.add(DIRECTORY, DataTypes.BooleanType, false);

  private LargeTrees() {}

  /**
   * @param roots of {@link Extent#LARGE_TREE}
   * @param tasks to share the directories
   * @return rows of {@link ListPartition#FOUND}
   */
  static Dataset<Row> list(
      SparkSession spark, List<ListingUnit> roots, ListPartition lister, int tasks) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Dataset<Row> entries =
        spark.createDataset(
            Transfer.toTasks(context, roots, roots.size())
                .flatMap(root -> entries(root.as(Extent.DIRECTORY), lister))
                .rdd(),
            Encoders.row(ENTRIES));
    return SparkLine.repartitionById(entries, tasks, pmod(hash(col(SourceImage.PATH)), lit(tasks)))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) some -> new Listed(some, lister),
            Encoders.row(ListPartition.FOUND));
  }

  private static Iterator<Row> entries(ListingUnit root, ListPartition lister) throws IOException {
    Queue<ListingUnit> below = new ArrayDeque<>();
    Iterator<Row> files = lister.rows(root, below::add, lister.passedOver()::add);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !below.isEmpty() || files.hasNext() || !below.isEmpty(); // found in passing
      }

      @Override
      public Row next() {
        if (below.isEmpty() && files.hasNext()) {
          Row file = files.next();
          return RowFactory.create(file.get(0), file.get(1), file.get(2), file.get(3), false);
        }
        return RowFactory.create(below.remove().path(), 0L, 0L, null, true);
      }
    };
  }

  /** The files among some entries, and those below the directories among them. */
  private static final class Listed implements Iterator<Row> {
    private final Iterator<Row> entries;
    private final ListPartition lister;
    private PassedOver passedOver = PassedOver.NOTHING;
    private Iterator<Row> files = List.<Row>of().iterator();

    Listed(Iterator<Row> entries, ListPartition lister) {
      this.entries = entries;
      this.lister = lister;
    }

    @Override
    public boolean hasNext() {
      while (!files.hasNext() && entries.hasNext()) {
        files = files(entries.next());
      }
      if (!files.hasNext()) {
        lister.passedOver().add(new PassedOverByUnit.OfUnit(name(), passedOver));
        return false;
      }
      return true;
    }

    /** One record of what was passed over for all of these directories: the driver keeps them. */
    private static ListingUnit name() {
      return new ListingUnit(
          "directories of large ones, part " + TaskContext.getPartitionId(), Extent.LARGE_TREE);
    }

    private Iterator<Row> files(Row entry) {
      if (!entry.getBoolean(ENTRIES.fieldIndex(DIRECTORY))) {
        return List.of(RowFactory.create(entry.get(0), entry.get(1), entry.get(2), entry.get(3)))
            .iterator();
      }
      try {
        return lister.rows(
            new ListingUnit(entry.getString(0), Extent.TREE),
            others -> {},
            done -> passedOver = passedOver.and(done.passedOver()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return files.next();
    }
  }
}
