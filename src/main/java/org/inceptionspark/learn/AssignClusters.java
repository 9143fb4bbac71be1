package org.inceptionspark.learn;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.fit.Centres;
import scala.collection.Seq;

/** Assigns each embedding to its nearest centre, and projects it to the plane. */
final class AssignClusters implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("cluster", DataTypes.IntegerType, false)
          .add("distance", DataTypes.DoubleType, false)
          .add("x", DataTypes.DoubleType, false)
          .add("y", DataTypes.DoubleType, false);

  private final Centres centres;
  private final PrincipalAxes axes;

  AssignClusters(Centres centres, PrincipalAxes axes) {
    this.centres = centres;
    this.axes = axes;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return assigned(rows.next());
      }
    };
  }

  private Row assigned(Row row) {
    Seq<Float> values = row.getSeq(2);
    float[] embedding = new float[values.length()];
    for (int i = 0; i < embedding.length; i++) {
      embedding[i] = values.apply(i);
    }
    int nearest = centres.nearest(embedding, 1)[0];
    return RowFactory.create(
        row.getString(0),
        row.get(1),
        nearest,
        Math.sqrt(squares(embedding, centres, nearest)),
        axes.along(0, embedding),
        axes.along(1, embedding));
  }

  private static double squares(float[] vector, Centres centres, int centre) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      double difference = vector[i] - centres.values()[centre * centres.size() + i];
      sum += difference * difference;
    }
    return sum;
  }
}
