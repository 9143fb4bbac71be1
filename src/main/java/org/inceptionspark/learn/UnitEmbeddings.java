package org.inceptionspark.learn;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Embeddings scaled to length 1: similarity is in the direction, not in the length. */
final class UnitEmbeddings implements FlatMapFunction<Iterator<InternalRow>, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("prelogits", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private UnitEmbeddings() {}

  /** Columns path, label (the best one), and prelogits of length 1. */
  static Dataset<Row> of(Dataset<Row> table) {
    JavaRDD<InternalRow> rows =
        table
            .where("prelogits is not null")
            .selectExpr("path", "try_element_at(top, 1).label as label", "prelogits")
            .queryExecution()
            .toRdd()
            .toJavaRDD();
    return table.sparkSession().createDataFrame(rows.mapPartitions(new UnitEmbeddings()), SCHEMA);
  }

  @Override
  public Iterator<Row> call(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        InternalRow row = rows.next();
        String label = row.isNullAt(1) ? null : row.getUTF8String(1).toString();
        return RowFactory.create(
            row.getUTF8String(0).toString(), label, unit(row.getArray(2).toFloatArray()));
      }
    };
  }

  static float[] unit(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] * scale);
    }
    return unit;
  }
}
