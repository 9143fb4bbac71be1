package org.inceptionspark.search.duplicates;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.table.NewestRows;

/**
 * Which image of each group to keep: the one with the longest side; among equals the largest file,
 * then the oldest, then the first by path. Nothing is deleted here.
 */
public final class KeepList {
  private static final StructType MEMBER =
      new StructType()
          .add("group", DataTypes.IntegerType)
          .add("least_similarity", DataTypes.DoubleType)
          .add("path", DataTypes.StringType);

  private KeepList() {}

  /**
   * A row for each image of a group, groups numbered from 0 in order: {@code group,
   * least_similarity, path, keep, width, height, length, modified, sha256}, in this order, the one
   * to keep first.
   *
   * @param table the labels table that the groups are of
   * @param model whose rows were compared
   */
  public static Dataset<Row> of(Dataset<Row> table, String model, List<DuplicateGroup> groups) {
    Dataset<Row> newest =
        NewestRows.ofNarrow(
            table
                .where(col("model").equalTo(model))
                .join(members(table.sparkSession(), groups).select("path"), "path")
                .select(
                    "path",
                    "model",
                    "run_date",
                    "modified",
                    "error",
                    "sha256",
                    "width",
                    "height",
                    "length"));
    return members(table.sparkSession(), groups)
        .join(newest, "path")
        .withColumn(
            "keep",
            row_number()
                .over(
                    Window.partitionBy("group")
                        .orderBy(
                            greatest(col("width"), col("height")).desc_nulls_last(),
                            col("length").desc_nulls_last(),
                            col("modified").asc_nulls_last(),
                            col("path")))
                .equalTo(lit(1)))
        .select(
            "group",
            "least_similarity",
            "path",
            "keep",
            "width",
            "height",
            "length",
            "modified",
            "sha256")
        .orderBy(col("group"), col("keep").desc(), col("path"));
  }

  private static Dataset<Row> members(SparkSession spark, List<DuplicateGroup> groups) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (DuplicateGroup.Image image : groups.get(i).images()) {
        rows.add(RowFactory.create(i, groups.get(i).leastSimilarity(), image.path()));
      }
    }
    return spark.createDataFrame(rows, MEMBER);
  }
}
