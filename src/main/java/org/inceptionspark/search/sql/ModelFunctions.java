package org.inceptionspark.search.sql;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.ImageError;
import org.inceptionspark.labeler.LabelResult;

/** The session's model, in SQL. Called by generated code, hence public. */
public final class ModelFunctions {
  /** The result of {@code label_image}: the labels table's columns of these names. */
  static final StructType RESULT =
      new StructType()
          .add("sha256", DataTypes.StringType)
          .add("format", DataTypes.StringType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("logits", LabelTable.FLOATS)
          .add("prelogits", LabelTable.FLOATS)
          .add("top", LabelTable.LABELS)
          .add("error", LabelTable.ERROR)
          .add("model", DataTypes.StringType);

  private ModelFunctions() {}

  /** Labels an image; anything else gives a row with an error, as in the table. */
  public static InternalRow labelImage(SessionModel model, byte[] image) {
    LabelResult result = model.label(image);
    return new GenericInternalRow(
        new Object[] {
          text(result.sha256()),
          text(result.format()),
          result.width(),
          result.height(),
          array(result.logits()),
          array(result.prelogits()),
          result.top() == null ? null : LabelFunctions.rows(result.top()),
          row(result.error()),
          text(model.fingerprint())
        });
  }

  /**
   * The logits of an embedding, to the bit those that the network gives for its image; null if it
   * contains a null.
   *
   * @throws IllegalArgumentException if the embedding has the wrong length for the model
   */
  public static ArrayData logitsOf(SessionClassifier classifier, ArrayData prelogits) {
    return VectorFunctions.hasNull(prelogits)
        ? null
        : array(classifier.logits(prelogits.toFloatArray()));
  }

  private static UTF8String text(String string) {
    return string == null ? null : UTF8String.fromString(string);
  }

  private static ArrayData array(float[] values) {
    return values == null ? null : UnsafeArrayData.fromPrimitiveArray(values);
  }

  private static InternalRow row(ImageError error) {
    return error == null
        ? null
        : new GenericInternalRow(new Object[] {text(error.kind()), text(error.message())});
  }
}
