package org.inceptionspark.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.embedding.UnitVector;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;

class KMeansTest {
  private static final int SIZE = 24;
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  /** Vectors around the axes: vector i near axis i % groups. */
  private static float[] vector(int i, int groups, Random random) {
    float[] values = new float[SIZE];
    for (int j = 0; j < SIZE; j++) {
      values[j] = (j == i % groups ? 1 : 0) + 0.05f * random.nextFloat();
    }
    return UnitVector.of(values);
  }

  private static Dataset<Row> vectors(int count, int groups) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(RowFactory.create("s3a://bucket/" + i, vector(i, groups, random)));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  @Test
  void findsGroupsThatLieApart() {
    Centres centres = new KMeans(6, 20, 1).fit(vectors(300, 6));
    Random random = new Random(9);
    Set<Integer> found = new HashSet<>();
    for (int group = 0; group < 6; group++) {
      int nearest = centres.nearest(vector(group, 6, random), 1)[0];
      assertThat(centres.nearest(vector(group, 6, random), 1)[0]).isEqualTo(nearest);
      found.add(nearest);
    }
    assertThat(found).hasSize(6);
  }

  @Test
  void theBitsDoNotDependOnOrderOrPartitions() {
    Dataset<Row> rows = vectors(200, 3); // eight centres for three groups: they move for a while
    KMeans kMeans = new KMeans(8, 10, 1);
    float[] one = kMeans.fit(rows.coalesce(1)).values();
    for (int partitions : new int[] {2, 9}) {
      assertThat(kMeans.fit(rows.repartition(partitions)).values()).containsExactly(one);
    }
    assertThat(new KMeans(8, 10, 2).fit(rows).values()).isNotEqualTo(one);
  }

  @Test
  void fewVectorsGiveFewCentres() {
    assertThat(new KMeans(5, 3, 1).fit(vectors(2, 2)).count()).isEqualTo(2);
  }

  @Test
  void doubtIsSettledInFloat64() {
    float[] centres = new float[2 * SIZE];
    centres[0] = 1;
    centres[SIZE] = Math.nextDown(1f); // float32 sees no difference between these products
    float[] block = new float[SIZE];
    block[0] = 1;
    assertThat(Centres.of(SIZE, centres).nearest(block, 1)).containsExactly(0);
  }
}
