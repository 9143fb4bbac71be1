package org.inceptionspark.job.catalog;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;

/**
 * Rows that a {@code MERGE} compares with a table, under a name of their own until closed.
 *
 * @param first of their paths
 * @param last of their paths
 */
record SourceRows(Dataset<Row> rows, String view, String first, String last)
    implements AutoCloseable {

  /**
   * @param rows kept by Spark; at least one
   */
  static SourceRows of(Dataset<Row> rows) {
    Row paths = rows.agg(min(SourceImage.PATH), max(SourceImage.PATH)).head();
    String view = "inception_spark_" + UUID.randomUUID().toString().replace('-', '_');
    rows.createOrReplaceTempView(view);
    return new SourceRows(rows, view, paths.getString(0), paths.getString(1));
  }

  /**
   * A condition by which the format skips files and ignores commits that do not matter.
   *
   * @param table its name in the statement
   */
  String within(String table) {
    return String.join(
        " ", table + ".path >=", literal(first), "AND", table + ".path <=", literal(last));
  }

  /** Quoted for any content, and for any escaping rules of the session. */
  private static String literal(String path) {
    byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
    return "CAST(X'" + HexFormat.of().formatHex(utf8) + "' AS STRING)";
  }

  @Override
  public void close() {
    rows.sparkSession().catalog().dropTempView(view);
  }
}
