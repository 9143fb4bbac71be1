package org.inceptionspark.cli.options;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.learn.LabelledPaths;
import org.inceptionspark.learn.LabelledRows;
import org.inceptionspark.learn.ModelRows;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a labels table and the user's own labels of its images. */
public final class LabelledTable {
  @Mixin private TableOption table;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE|TABLE",
      description =
          "Your labels: a CSV file or Parquet table with columns path and label. A path may be the"
              + " end of an image's URI.")
  @Names(Names.Kind.DATA)
  private String labels;

  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "The model whose rows to use, if the table has several.")
  private Optional<String> model;

  public ModelRows rows() {
    return ModelRows.of(table.read(), model);
  }

  public LabelledRows labelled(ModelRows rows) {
    SparkSession spark = rows.rows().sparkSession();
    return LabelledRows.of(rows.rows(), LabelledPaths.read(spark, labels));
  }
}
