package org.inceptionspark.search.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.inceptionspark.shims.ScalaCollections;
import scala.runtime.AbstractPartialFunction;

/**
 * Moves conditions on an image's content after all others of a filter. Spark evaluates conditions
 * in the order of the query, and those of views come first: a row that {@code id = 3} excludes
 * would be labelled before that.
 */
public final class ImagesLast extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transformUp(new Reordering());
  }

  private static final class Reordering extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
    @Override
    public boolean isDefinedAt(LogicalPlan plan) {
      return plan instanceof Filter filter
          && filter.condition().deterministic()
          && labels(filter.condition());
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      Filter filter = (Filter) plan;
      List<Expression> all = new ArrayList<>();
      split(filter.condition(), all);
      List<Expression> ordered = new ArrayList<>(all.stream().filter(e -> !labels(e)).toList());
      ordered.addAll(all.stream().filter(Reordering::labels).toList());
      return ordered.equals(all)
          ? filter
          : new Filter(ordered.stream().reduce(And::new).orElseThrow(), filter.child());
    }

    private static void split(Expression condition, List<Expression> into) {
      if (condition instanceof And and) {
        split(and.left(), into);
        split(and.right(), into);
      } else {
        into.add(condition);
      }
    }

    private static boolean labels(Expression expression) {
      return expression instanceof FunctionCall call && call.isOf(SqlFunction.LABEL_IMAGE)
          || ScalaCollections.list(expression.children()).stream().anyMatch(Reordering::labels);
    }
  }
}
