package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.job.table.PartitionPredicate;

/** The distance of a night's images from those of another night, or of another table. */
public final class Drift {
  private final Dataset<Row> table;
  private Optional<String> model = Optional.empty();
  private Optional<LocalDate> night = Optional.empty();
  private Optional<LocalDate> against = Optional.empty();
  private Optional<Dataset<Row>> otherTable = Optional.empty();
  private Optional<String> where = Optional.empty();

  private Drift(Dataset<Row> table) {
    this.table = table;
  }

  /**
   * The result.
   *
   * @param set description of the examined set
   * @param reference description of what it was compared with
   */
  public record Result(FrechetDistance distance, String set, String reference, String model) {}

  /** In a labels table. */
  public static Drift in(Dataset<Row> table) {
    return new Drift(table);
  }

  /** The model whose embeddings are compared; needed only if there are several. */
  public Drift model(Optional<String> fingerprint) {
    model = fingerprint;
    return this;
  }

  /** The night to examine; by default the newest. */
  public Drift night(LocalDate date) {
    night = Optional.of(date);
    return this;
  }

  /** The night to compare with; by default the one before. */
  public Drift against(LocalDate date) {
    against = Optional.of(date);
    return this;
  }

  /** Only images for whose newest row of the night this holds, in SQL. */
  public Drift where(Optional<String> condition) {
    where = condition;
    return this;
  }

  /** Another table to compare with: all of it, unless a night is given. */
  public Drift againstTable(Dataset<Row> other) {
    otherTable = Optional.of(other);
    return this;
  }

  /**
   * Compares.
   *
   * @throws ConfigurationException if a night does not exist, the models differ, or a set has too
   *     few images
   */
  public Result execute() {
    return otherTable.isPresent() ? tables(otherTable.get()) : nights();
  }

  private Result nights() {
    ModelRows rows = ModelRows.of(nightsOf(table), model, where);
    LocalDate asked = night.orElseGet(() -> newest(rows.rows(), Optional.empty()));
    Dataset<Row> set = of(rows.rows(), asked);
    LocalDate reference = against.orElseGet(() -> newest(rows.rows(), Optional.of(asked)));
    return result(
        rows.model(),
        newest(set),
        asked.toString(),
        newest(of(rows.rows(), reference)),
        reference.toString());
  }

  private Result tables(Dataset<Row> other) {
    ModelRows rows = one(table, night);
    ModelRows others = one(other, against);
    if (!rows.model().equals(others.model())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "the tables are of different models, %s and %s",
              rows.model(),
              others.model()));
    }
    return result(
        rows.model(),
        newest(rows.rows()),
        night.map(LocalDate::toString).orElse("the table"),
        newest(others.rows()),
        against.map(date -> date + " of the other table").orElse("the other table"));
  }

  private ModelRows one(Dataset<Row> all, Optional<LocalDate> date) {
    Dataset<Row> rows = nightsOf(all);
    return ModelRows.of(date.map(found -> of(rows, found)).orElse(rows), model, where);
  }

  private Dataset<Row> nightsOf(Dataset<Row> rows) {
    return where.map(condition -> PartitionPredicate.restrict(rows, condition)).orElse(rows);
  }

  private static Result result(
      String model, Dataset<Row> set, String name, Dataset<Row> reference, String referenceName) {
    return new Result(FrechetDistance.between(set, reference), name, referenceName, model);
  }

  private static Dataset<Row> of(Dataset<Row> rows, LocalDate date) {
    Dataset<Row> found = rows.where(col(LabelTable.RUN_DATE).equalTo(lit(Date.valueOf(date))));
    if (found.isEmpty()) {
      throw new ConfigurationException("no rows of the night " + date);
    }
    return found;
  }

  /** A night as it was: later rows of its images are ignored. */
  private Dataset<Row> newest(Dataset<Row> rows) {
    Dataset<Row> newest = NewestRows.of(rows);
    return where.map(newest::where).orElse(newest);
  }

  private static LocalDate newest(Dataset<Row> rows, Optional<LocalDate> before) {
    Dataset<Row> nights = rows.select(LabelTable.RUN_DATE);
    List<Row> found =
        before
            .map(date -> nights.where(col(LabelTable.RUN_DATE).lt(lit(Date.valueOf(date)))))
            .orElse(nights)
            .agg(max(col(LabelTable.RUN_DATE)).cast("string"))
            .collectAsList();
    if (found.get(0).isNullAt(0)) {
      throw new ConfigurationException(
          "there is no night before "
              + before.map(LocalDate::toString).orElse("now")
              + " to compare with; say another with --against");
    }
    return LocalDate.parse(found.get(0).getString(0));
  }
}
