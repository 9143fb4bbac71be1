package org.inceptionspark.job.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The partition of a path, as a function of the path alone: if an executor is lost and part of the
 * listing is repeated, no object changes its partition, so none is lost or done twice.
 */
final class PartitionOfPath implements UDF1<String, Integer> {
  private static final long serialVersionUID = 1L;

  /** Spark's order of strings, which is that of their UTF-8 bytes. */
  static final Comparator<String> ORDER =
      (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

  private final byte[][] starts;

  /**
   * @param starts the first paths of all partitions except the first, in {@link #ORDER}
   */
  PartitionOfPath(List<String> starts) {
    this.starts = starts.stream().map(PartitionOfPath::utf8).toArray(byte[][]::new);
  }

  /** The same for a column. */
  static Column among(List<String> starts, Column paths) {
    return functions.udf(new PartitionOfPath(starts), DataTypes.IntegerType).apply(paths);
  }

  @Override
  public Integer call(String path) {
    int found = Arrays.binarySearch(starts, utf8(path), Arrays::compareUnsigned);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static byte[] utf8(String path) {
    return path.getBytes(StandardCharsets.UTF_8);
  }
}
