package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.learn.Cluster.Group;
import org.inceptionspark.learn.Cluster.LabelCount;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("site")
class ClusterTest {
  private static final int WIDTH = 24;
  private static final Dataset<Row> TABLE = table();

  /** 24 images in three directions: 12, 8 and 4. */
  private static Dataset<Row> table() {
    Random random = new Random(5);
    SyntheticTable table = new SyntheticTable();
    for (int i = 0; i < 24; i++) {
      int direction = i < 12 ? 2 : i < 20 ? 0 : 1;
      float[] values = new float[WIDTH];
      float length = 1 + 3 * random.nextFloat();
      for (int j = 0; j < WIDTH; j++) {
        values[j] = length * ((j % 3 == direction ? 1 : 0) + 0.05f * random.nextFloat());
      }
      Row[] top = {RowFactory.create(direction, "direction " + direction, 0.9f)};
      table.image("file:/absent/%02d.jpg".formatted(i), null, values, null, top, "2026-01-01");
    }
    return table.failure("file:/absent/bad.jpg", "CORRUPT").table();
  }

  @Test
  void findsTheDirectionsWhateverTheLengths() {
    Cluster.Result result = Cluster.into(3).shown(2).execute(TABLE);
    assertThat(result.images()).isEqualTo(24);
    assertThat(result.clusters()).extracting(Group::number).containsExactly(0, 1, 2);
    assertThat(result.clusters()).extracting(Group::size).containsExactly(12L, 8L, 4L);
    assertThat(result.clusters())
        .extracting(Group::labels)
        .containsExactly(
            List.of(new LabelCount("direction 2", 12)),
            List.of(new LabelCount("direction 0", 8)),
            List.of(new LabelCount("direction 1", 4)));
    assertThat(result.clusters())
        .allSatisfy(
            group -> {
              assertThat(group.nearest()).hasSize(2);
              assertThat(group.nearest().get(0).distance())
                  .isLessThanOrEqualTo(group.nearest().get(1).distance());
            });
    assertThat(result.assigned().count()).isEqualTo(24);
    assertThat(result.points()).hasSize(24);
    assertThat(result.shares()[0] + result.shares()[1]).isBetween(0.95, 1.0);
  }

  @Test
  void theSameTableGivesTheSameClusters() {
    Cluster.Result one = Cluster.into(4).execute(TABLE);
    Cluster.Result other = Cluster.into(4).execute(TABLE.repartition(5));
    assertThat(other.clusters()).isEqualTo(one.clusters());
    assertThat(other.points()).isEqualTo(one.points());
  }

  @Test
  void thePageHasAMapAndASheetOfEach() {
    Cluster.Result result = Cluster.into(3).execute(TABLE);
    String html = new ClusterPage(new Configuration()).html("s3a://bucket/labels", result);
    assertThat(html)
        .contains("3 clusters of 24 images", "0: 12 images", "2: 4 images")
        .contains("Most frequent labels: direction 2 (12).")
        .contains("no picture: not found")
        .contains("class=\"hue2\"")
        .doesNotContain("http://", "https://");
  }

  @Test
  void moreClustersThanImagesAreRefused() {
    assertThatThrownBy(() -> Cluster.into(25).execute(TABLE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("24 images with an embedding make no 25 clusters");
    assertThatThrownBy(() -> Cluster.into(1)).hasMessage("k must be at least 2, found 1");
  }

  @Test
  void axesAreThoseOfAnEllipsoid() {
    // Along (3, 4) / 5 with a deviation of 5, across with 1, and nothing in the third dimension.
    Moments moments = new Moments(3);
    for (double[] at : new double[][] {{5, 0}, {-5, 0}, {0, 1}, {0, -1}}) {
      double x = (at[0] * 3 - at[1] * 4) / 5 + 7;
      double y = (at[0] * 4 + at[1] * 3) / 5 - 2;
      moments.add(new double[] {x, y, 1}, 1);
    }
    PrincipalAxes axes = PrincipalAxes.of(moments);
    assertThat(axes.axes()).containsExactly(new double[] {0.6, 0.8, 0, 0.8, -0.6, 0}, within(1e-9));
    assertThat(axes.shares()).containsExactly(new double[] {25 / 26.0, 1 / 26.0}, within(1e-9));
    assertThat(axes.along(0, new float[] {10, 2, 1})).isEqualTo(5, within(1e-9));
  }
}
