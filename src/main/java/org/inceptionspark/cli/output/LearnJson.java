package org.inceptionspark.cli.output;

import java.util.Map;
import java.util.OptionalDouble;
import org.inceptionspark.learn.ConfusionMatrix;
import org.inceptionspark.learn.LabelledRows;

/** Figures about labelled images as JSON. */
public final class LearnJson {
  private LearnJson() {}

  public static Map<String, Object> labels(LabelledRows rows) {
    return Json.object()
        .with("given", rows.labels())
        .with("in_table", rows.matched())
        .with("unknown_examples", rows.unknown())
        .with("failed", rows.failures())
        .fields();
  }

  public static Map<String, Object> confusion(ConfusionMatrix matrix) {
    return Json.object()
        .with("images", matrix.images())
        .with("accuracy", matrix.images() == 0 ? null : (Double) matrix.accuracy())
        .with("classes", matrix.classes().stream().map(name -> figures(matrix, name)).toList())
        .with("confusion", matrix.cells())
        .fields();
  }

  private static Map<String, Object> figures(ConfusionMatrix matrix, String name) {
    return Json.object()
        .with("class", name)
        .with("images", matrix.support(name))
        .with("precision", orNull(matrix.precision(name)))
        .with("recall", orNull(matrix.recall(name)))
        .fields();
  }

  public static Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
