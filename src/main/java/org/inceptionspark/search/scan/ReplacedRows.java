package org.inceptionspark.search.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.util.HashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** The paths that have several rows, each with the one that counts. There are few as a rule. */
public final class ReplacedRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, RowReference> latest;

  private ReplacedRows(HashMap<String, RowReference> latest) {
    this.latest = latest;
  }

  public static ReplacedRows in(Dataset<Row> rows) {
    HashMap<String, RowReference> latest = new HashMap<>();
    EmbeddingScan.references(rows)
        .toDF("file", "position", "path", "run_day", "modified")
        .groupBy("path")
        .agg(
            count(lit(1)).as("rows"),
            max(struct(col("run_day"), col("modified"), col("file"), col("position"))).as("last"))
        .where(col("rows").gt(1))
        .select("last.file", "last.position", "path", "last.run_day", "last.modified")
        .collectAsList()
        .forEach(row -> latest.put(row.getString(2), RowReference.of(row)));
    return new ReplacedRows(latest);
  }

  /** Whether a row is the one of its path that counts. */
  public boolean isCurrent(InternalRow row) {
    if (latest.isEmpty()) {
      return true;
    }
    RowReference last = latest.get(row.getUTF8String(2).toString());
    return last == null || last.equals(RowReference.of(row));
  }
}
