package org.inceptionspark.job.table;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.inceptionspark.shims.ScalaCollections;

/** The part of a condition on a labels table that is about nights alone. */
public final class PartitionPredicate {
  private static final String NIGHT = "run_date";

  private PartitionPredicate() {}

  /**
   * The rows of the nights that a condition allows; the rest of the condition is not applied.
   *
   * @param condition in SQL: of the parts joined by {@code AND}, those on {@code run_date} only
   */
  public static Dataset<Row> restrict(Dataset<Row> table, String condition) {
    Dataset<Row> rows = table;
    for (String part : parts(table, condition)) {
      rows = rows.where(part);
    }
    return rows;
  }

  private static List<String> parts(Dataset<Row> table, String condition) {
    try {
      return conjuncts(table.sparkSession().sessionState().sqlParser().parseExpression(condition))
          .filter(PartitionPredicate::isAboutNights)
          .map(Expression::sql)
          .toList();
    } catch (ParseException e) {
      throw new IllegalArgumentException("no condition: " + condition, e);
    }
  }

  private static Stream<Expression> conjuncts(Expression expression) {
    return expression instanceof And and
        ? Stream.concat(conjuncts(and.left()), conjuncts(and.right()))
        : Stream.of(expression);
  }

  private static boolean isAboutNights(Expression expression) {
    List<Expression> all = withDescendants(expression).toList();
    return all.stream().anyMatch(PartitionPredicate::isNight)
        && all.stream().noneMatch(part -> part instanceof PlanExpression<?>)
        && all.stream().allMatch(part -> !(part instanceof UnresolvedAttribute) || isNight(part));
  }

  private static boolean isNight(Expression expression) {
    return expression instanceof UnresolvedAttribute attribute
        && attribute.name().equalsIgnoreCase(NIGHT);
  }

  private static Stream<Expression> withDescendants(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        ScalaCollections.list(expression.children()).stream()
            .flatMap(PartitionPredicate::withDescendants));
  }
}
