package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.plan.RunPlan;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * Explains why a night skips nothing although the table is full: its rows are of another model.
 * Said before everything is labelled again, since it may be unintended.
 */
final class ModelChange {
  /** Number of records that are examined, newest first. */
  private static final int NEWEST = 50;

  /** Options that make another model of the same weight file. */
  private static final List<String> OF_MODELS =
      List.of(
          "weights",
          "head",
          "preprocessing",
          "orientation",
          "decode",
          "kernels",
          "moving-averages",
          "pool-divisor",
          "last-pool",
          "state-dict");

  private ModelChange() {}

  /**
   * The explanation in one line; none for a table that already has all of this.
   *
   * @param plan compared with the table
   * @param model tonight's
   * @param options tonight's
   */
  static Optional<String> notice(
      RunPlan plan, LabelerSpec model, RunRecords records, Map<String, String> options)
      throws IOException {
    Optional<Dataset<Row>> held = plan.held();
    if (held.isEmpty() || plan.skipped() > 0 || plan.relabel() != Relabel.NONE) {
      return Optional.empty();
    }
    long listed = plan.found().objects();
    return of(held.get(), model.fingerprint(), records, options)
        .map(words -> String.format(Locale.ROOT, "%,d listed, 0 skipped: %s", listed, words));
  }

  /**
   * @param held rows of the table, with the column {@code model}
   * @param model tonight's fingerprint
   * @param options tonight's
   * @return nothing if the table has rows of this model, or no rows
   */
  static Optional<String> of(
      Dataset<Row> held, String model, RunRecords records, Map<String, String> options)
      throws IOException {
    if (held.isEmpty() || !held.where(col("model").equalTo(model)).isEmpty()) {
      return Optional.empty();
    }
    String how = before(records, model).map(run -> difference(run.options(), options)).orElse("");
    return Optional.of("the table holds rows of another model" + how);
  }

  private static Optional<RunRecord> before(RunRecords records, String model) throws IOException {
    Iterator<RunRecord> runs = records.newestFirst();
    for (int i = 0; i < NEWEST && runs.hasNext(); i++) {
      RunRecord run = runs.next();
      if (run.images() + run.reused() > 0 && !model.equals(run.model())) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private static String difference(Map<String, String> before, Map<String, String> now) {
    if (before.isEmpty() || now.isEmpty()) {
      return "";
    }
    String names =
        OF_MODELS.stream()
            .filter(name -> !Objects.equals(before.get(name), now.get(name)))
            .map(
                name ->
                    String.format(
                        Locale.ROOT, "%s (%s, was %s)", name, now.get(name), before.get(name)))
            .collect(Collectors.joining(", "))
            .replace("null", "none");
    return names.isEmpty()
        ? ", though every option is the same: the weights have other contents, or this version other sums"
        : ", differing in " + names;
  }
}
