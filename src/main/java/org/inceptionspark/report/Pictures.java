package org.inceptionspark.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.StoredObjects;
import org.inceptionspark.job.transfer.Transfer;
import scala.Tuple2;

/**
 * Thumbnails of objects, which executors read again from storage; each is a thumbnail or the reason
 * why there is none.
 */
public final class Pictures {
  private static final long MOST_PIXELS = 100_000_000;

  private final JavaSparkContext context;
  private final Configuration hadoop;

  private Pictures(JavaSparkContext context, Configuration hadoop) {
    this.context = context;
    this.hadoop = hadoop;
  }

  public static Pictures using(SparkSession spark) {
    return new Pictures(
        new JavaSparkContext(spark.sparkContext()), spark.sessionState().newHadoopConf());
  }

  /**
   * A thumbnail, or why there is none.
   *
   * @param thumbnail null if there is none
   * @param reason null if there is one
   */
  public record Picture(EncodedImage thumbnail, String reason) implements java.io.Serializable {}

  /**
   * All of them, at most a few hundred; an object never causes an exception.
   *
   * @param paths in the table's form
   * @return for each path its picture
   */
  public Map<String, Picture> of(List<String> paths) {
    if (paths.isEmpty()) {
      return Map.of();
    }
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(hadoop));
    try {
      context.sc().setJobDescription("thumbnails of " + paths.size() + " images");
      int slices = Math.min(paths.size(), Math.max(1, context.defaultParallelism() * 2));
      Map<String, Picture> pictures = new HashMap<>();
      Transfer.toDriver(Transfer.toTasks(context, paths, slices).map(new Shrink(shared)))
          .forEach(entry -> pictures.put(entry._1(), entry._2()));
      return pictures;
    } finally {
      context.sc().setJobDescription(null);
      shared.destroy();
    }
  }

  /** The bytes of one object. */
  static byte[] bytes(String path, Configuration hadoop) throws IOException {
    return StoredObjects.read(path, hadoop);
  }

  /** One image in a task. */
  private static final class Shrink implements Function<String, Tuple2<String, Picture>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;

    Shrink(Broadcast<SerializableConfiguration> hadoop) {
      this.hadoop = hadoop;
    }

    @Override
    public Tuple2<String, Picture> call(String path) {
      return new Tuple2<>(path, picture(path));
    }

    private Picture picture(String path) {
      try {
        byte[] bytes = bytes(path, hadoop.value().value());
        ImageDecoder decoder = new ImageDecoder(Orientation.APPLY, MOST_PIXELS);
        return new Picture(Thumbnail.of(decoder.decode(bytes).pixels(), Thumbnail.CARD), null);
      } catch (ImageException e) {
        return new Picture(null, "no longer a picture: " + e.kind());
      } catch (IOException | RuntimeException e) {
        return new Picture(null, StorageFailure.describe(e));
      }
    }
  }
}
