package org.inceptionspark.search.index;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.search.scan.RowReference;

/** The Parquet rows of an index: a row of the table, its cell, and its quantised embedding. */
final class IndexRow {
  static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            new StructField("file", DataTypes.StringType, false, Metadata.empty()),
            new StructField("position", DataTypes.LongType, false, Metadata.empty()),
            new StructField("path", DataTypes.StringType, false, Metadata.empty()),
            new StructField("run_day", DataTypes.IntegerType, false, Metadata.empty()),
            new StructField("modified", DataTypes.LongType, false, Metadata.empty()),
            new StructField("cell", DataTypes.IntegerType, false, Metadata.empty()),
            new StructField("scale", DataTypes.FloatType, false, Metadata.empty()),
            new StructField("code", DataTypes.BinaryType, false, Metadata.empty())
          });

  private static final int SCALE = 6;
  private static final int CODE = 7;

  private IndexRow() {}

  static Row create(RowReference row, int cell, QuantisedVector code) {
    return RowFactory.create(
        row.file(),
        row.position(),
        row.path(),
        row.runDay(),
        row.modified(),
        cell,
        code.scale(),
        code.values());
  }

  static float scale(InternalRow row) {
    return row.getFloat(SCALE);
  }

  static byte[] code(InternalRow row) {
    return row.getBinary(CODE);
  }
}
