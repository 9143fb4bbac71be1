package org.inceptionspark.search;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.inceptionspark.search.sql.ImagesLast;
import org.inceptionspark.search.sql.LabelViews;
import org.inceptionspark.search.sql.SqlFunction;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives every session the functions of {@link SqlFunction} and the views of {@link LabelViews}:
 * {@code spark.sql.extensions=org.inceptionspark.search.InceptionSparkExtensions}. Where Spark has
 * a function of the same name, as from 4.2 on, Spark's is used.
 */
public final class InceptionSparkExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (SqlFunction function : SqlFunction.values()) {
      FunctionIdentifier name = new FunctionIdentifier(function.sqlName());
      if (!FunctionRegistry.builtin().functionExists(name)) {
        extensions.injectFunction(new Tuple3<>(name, function.info(), function::call));
      }
    }
    extensions.injectResolutionRule(LabelViews::new);
    extensions.injectOptimizerRule(session -> new ImagesLast());
    return BoxedUnit.UNIT;
  }
}
