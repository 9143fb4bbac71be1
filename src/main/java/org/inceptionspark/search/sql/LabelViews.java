package org.inceptionspark.search.sql;

import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.DataFrameDropColumns;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.shims.ScalaCollections;
import scala.runtime.AbstractPartialFunction;

/**
 * The views of a labels table, in any session whose setting {@value #SETTING} names one: {@code
 * labels}, {@code labels_latest}, {@code label_counts}, {@code failures} and {@code runs}. A table
 * or view of the user's own with such a name takes precedence. Nothing is read before a query.
 */
public final class LabelViews extends Rule<LogicalPlan> {
  /** The labels table: URI of its directory, or {@code table:NAME}. */
  static final String SETTING = "spark.inceptionspark.table";

  private static final String LABELS = "labels";
  private static final String RUNS = "runs";
  private static final String RUN_DATE = "run_date";
  private static final String STARTED = "started";

  private static final Map<String, String> VIEWS =
      Map.of(
          "labels_latest",
          NewestRows.SQL,
          "label_counts",
          """
          SELECT model, run_date, top[0].label AS label, count(*) AS images,
            avg(top[0].probability) AS mean_probability
          FROM labels_latest WHERE error IS NULL GROUP BY model, run_date, top[0].label""",
          "failures",
          """
          SELECT path, run_date, error.kind AS kind, error.message AS message, length, modified, model
          FROM labels_latest WHERE error IS NOT NULL""");

  /**
   * The fields of run records; those of other versions may have more or fewer. Times are cast here,
   * since the reader's interpretation depends on the session: its legacy parser takes .5 for five
   * milliseconds.
   */
  private static final StructType RUN =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add(RUN_DATE, DataTypes.StringType)
          .add(STARTED, DataTypes.StringType)
          .add("seconds", DataTypes.DoubleType)
          .add("listed", DataTypes.LongType)
          .add("skipped", DataTypes.LongType)
          .add("images", DataTypes.LongType)
          .add("counts", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType))
          .add("bytes", DataTypes.LongType)
          .add("images_per_second", DataTypes.DoubleType)
          .add("commits", DataTypes.IntegerType)
          .add("failure", DataTypes.StringType)
          .add("model", DataTypes.StringType)
          .add("application_id", DataTypes.StringType)
          .add("options", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  private final transient SparkSession session;

  public LabelViews(SparkSession session) {
    this.session = session;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return session.conf().get(SETTING, "").isEmpty()
        ? plan
        : plan.resolveOperatorsUp(new ViewLookup());
  }

  private LogicalPlan view(String name) {
    LogicalPlan plan =
        switch (name) {
          case LABELS -> table().analyzed();
          case RUNS -> runs();
          default -> parsed(VIEWS.get(name));
        };
    LogicalPlan columns = name.equals("labels_latest") ? withoutOrdinal(plan) : plan;
    return new SubqueryAlias(AliasIdentifier.apply(name), columns);
  }

  /** Spark 3.5 does not support {@code EXCEPT} for columns. */
  private static LogicalPlan withoutOrdinal(LogicalPlan plan) {
    List<Expression> ordinal = List.of(UnresolvedAttribute.quoted(NewestRows.ORDINAL));
    return new DataFrameDropColumns(ScalaCollections.seq(ordinal), plan);
  }

  private QueryExecution table() {
    try {
      return labels().view().queryExecution();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private LabelsTable labels() throws IOException {
    return LabelsTables.of(session, session.conf().get(SETTING));
  }

  private ConfigurationException failure(IOException e) {
    return new ConfigurationException(
        SETTING + "=" + session.conf().get(SETTING) + ": " + StorageFailure.describe(e), e);
  }

  private LogicalPlan runs() {
    try {
      return LabelsTables.runs(session, session.conf().get(SETTING), RUN)
          .withColumn(RUN_DATE, expr("try_cast(run_date AS date)"))
          .withColumn(STARTED, expr("try_cast(started AS timestamp_ltz)"))
          .queryExecution()
          .analyzed();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private LogicalPlan parsed(String query) {
    try {
      return session.sessionState().sqlParser().parsePlan(query);
    } catch (ParseException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** A relation that the catalog does not have. */
  private final class ViewLookup extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
    @Override
    public boolean isDefinedAt(LogicalPlan plan) {
      return plan instanceof UnresolvedRelation relation
          && relation.multipartIdentifier().length() == 1
          && isView(name(relation));
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return view(name((UnresolvedRelation) plan));
    }

    private boolean isView(String name) {
      return name.equals(RUNS) || name.equals(LABELS) || VIEWS.containsKey(name);
    }

    private String name(UnresolvedRelation relation) {
      return relation.multipartIdentifier().head().toLowerCase(Locale.ROOT);
    }
  }
}
