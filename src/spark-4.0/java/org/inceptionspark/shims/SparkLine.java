package org.inceptionspark.shims;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.Option;

/** What is specific to Spark 4.0. */
public final class SparkLine {
  /** The oldest release of the line; a constant, so that asking for it links nothing of Spark. */
  public static final String OLDEST = "4.0";

  private SparkLine() {}

  /** As {@link HashedPartitions#repartitionById}. */
  public static Dataset<Row> repartitionById(Dataset<Row> rows, int partitions, Column id) {
    return HashedPartitions.repartitionById(rows, partitions, id);
  }

  /** The rows of a plan. */
  public static Dataset<Row> rows(SparkSession spark, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark, plan);
  }

  /**
   * A call of a static method in a query. Null arguments give null; nothing is cast.
   *
   * @param home class of the method
   * @param result what it returns
   */
  public static StaticInvoke staticInvoke(
      Class<?> home, DataType result, String method, List<Expression> arguments) {
    scala.collection.immutable.Seq<AbstractDataType> noCasts = ScalaCollections.seq(List.of());
    return new StaticInvoke(
        home,
        result,
        method,
        ScalaCollections.seq(arguments),
        noCasts,
        true,
        true,
        true,
        Option.empty());
  }
}
