package org.inceptionspark.scale;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.jdk.javaapi.CollectionConverters;

/** How many rows the steps of queries give: a cross join shows. */
final class RowsOfSteps implements QueryExecutionListener {
  private final AtomicLong most = new AtomicLong();

  long most() {
    return most.get();
  }

  @Override
  public void onSuccess(String action, QueryExecution execution, long nanoseconds) {
    visit(execution.executedPlan());
  }

  @Override
  public void onFailure(String action, QueryExecution execution, Exception failure) {
    visit(execution.executedPlan());
  }

  private void visit(SparkPlan plan) {
    plan.metrics()
        .get("numOutputRows")
        .foreach(metric -> most.accumulateAndGet(metric.value(), Math::max));
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      visit(adaptive.executedPlan());
    } else if (plan instanceof QueryStageExec stage) {
      visit(stage.plan());
    } else if (plan instanceof InMemoryTableScanExec kept) {
      visit(kept.relation().cachedPlan());
    }
    CollectionConverters.asJava(plan.children()).forEach(this::visit);
  }
}
