package org.inceptionspark.search.sql;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.labels.Probabilities;
import org.inceptionspark.labels.TopK;

/** Logits to labels, in SQL. Called by generated code, hence public. */
public final class LabelFunctions {
  private LabelFunctions() {}

  /** Probabilities from logits; null if one of them is null. */
  public static ArrayData softmax(ArrayData logits) {
    if (VectorFunctions.hasNull(logits)) {
      return null;
    }
    return UnsafeArrayData.fromPrimitiveArray(Probabilities.softmax(logits.toFloatArray()));
  }

  /**
   * The best labels, in the form of the table's column {@code top}.
   *
   * @throws IllegalArgumentException if the numbers of names and logits differ
   */
  public static ArrayData topLabels(SessionLabels labels, ArrayData logits, int count) {
    if (VectorFunctions.hasNull(logits)) {
      return null;
    }
    float[] values = logits.toFloatArray();
    return rows(new TopK(count, labels.namesOf(values.length)).ofSoftmax(values));
  }

  /**
   * The name of a class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public static UTF8String labelName(SessionLabels labels, int index) {
    LabelNames names = labels.names();
    if (index < 0 || index >= names.classes()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "label_name: class %d is not one of %s", index, names));
    }
    return UTF8String.fromString(names.name(index));
  }

  static ArrayData rows(List<Label> labels) {
    return new GenericArrayData(labels.stream().map(LabelFunctions::row).toArray());
  }

  private static InternalRow row(Label label) {
    return new GenericInternalRow(
        new Object[] {label.index(), UTF8String.fromString(label.label()), label.probability()});
  }
}
