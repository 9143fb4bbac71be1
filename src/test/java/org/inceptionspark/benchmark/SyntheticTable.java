package org.inceptionspark.benchmark;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.EmbeddingPrecision;

/**
 * A labels table of made-up embeddings that lie as real ones do: in groups of unequal tightness, on
 * a surface of few dimensions, with nothing below zero. A point of {@value #LATENT} dimensions near
 * the middle of its group goes through a fixed random layer with ReLU. Row {@code i} depends on the
 * seed and {@code i} only.
 *
 * @param rows how many
 * @param groups how many groups
 * @param dimensions of the embedding
 * @param precision of the embedding
 */
public record SyntheticTable(long rows, int groups, int dimensions, EmbeddingPrecision precision) {
  public static final String MODEL = "synthetic";

  private static final int LATENT = 48;

  /** The table with this night's date, in as many partitions. */
  public Dataset<Row> create(SparkSession spark, int partitions, String date, long firstRow) {
    StructType schema = new LabelTable(MODEL, java.util.List.of()).fileSchema();
    return spark
        .range(firstRow, firstRow + rows, 1, partitions)
        .map(new MakeRow(this, epoch(spark)), Encoders.row(schema))
        .withColumn(LabelTable.RUN_DATE, functions.lit(java.sql.Date.valueOf(date)));
  }

  /** As rows of this session hold times. */
  private static Serializable epoch(SparkSession spark) {
    String java8 = spark.conf().get("spark.sql.datetime.java8API.enabled");
    return Boolean.parseBoolean(java8) ? Instant.EPOCH : Timestamp.from(Instant.EPOCH);
  }

  private static final class MakeRow implements MapFunction<Long, Row> {
    private static final long serialVersionUID = 1L;

    private final int groups;
    private final int dimensions;
    private final EmbeddingPrecision precision;
    private final Serializable modified;
    private transient float[] layer; // LATENT x dimensions

    MakeRow(SyntheticTable table, Serializable modified) {
      this.groups = table.groups();
      this.dimensions = table.dimensions();
      this.precision = table.precision();
      this.modified = modified;
    }

    @Override
    public Row call(Long number) {
      String path = String.format("s3a://synthetic/photos/%09d.jpg", number);
      String hash = String.format("%064x", number);
      Object[] top = {RowFactory.create(0, "group " + group(number), 1f)};
      return RowFactory.create(
          path,
          1L,
          modified,
          null,
          hash,
          "JPEG",
          1,
          1,
          new float[] {1},
          precision.round(embedding(number)),
          top,
          null,
          MODEL);
    }

    private int group(long number) {
      return new SplittableRandom(number).nextInt(groups);
    }

    private float[] embedding(long number) {
      if (layer == null) {
        layer = gaussians(new SplittableRandom(1), LATENT * dimensions, 1);
      }
      int group = group(number);
      float[] point = gaussians(new SplittableRandom(~group), LATENT, 1);
      SplittableRandom random = new SplittableRandom(~number);
      double spread = 0.2 + 0.6 * new SplittableRandom(group).nextDouble();
      float[] offset = gaussians(random, LATENT, spread);
      float[] values = new float[dimensions];
      for (int k = 0; k < LATENT; k++) {
        float x = point[k] + offset[k];
        for (int i = 0; i < dimensions; i++) {
          values[i] += x * layer[k * dimensions + i];
        }
      }
      for (int i = 0; i < dimensions; i++) {
        float noise = (float) (0.5 * random.nextDouble());
        values[i] = Math.max(0, values[i] * 0.1f + noise);
      }
      return values;
    }

    private static float[] gaussians(SplittableRandom random, int count, double scale) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (scale * random.nextGaussian());
      }
      return values;
    }
  }
}
