package org.inceptionspark.shims;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/**
 * Broadcasts for which the driver keeps only the blocks that it sends, and not the value as well.
 * Spark does this for its own joins (SPARK-39983), but not in its API.
 */
public final class SerializedBroadcast {
  private SerializedBroadcast() {}

  public static Broadcast<byte[]> of(JavaSparkContext context, byte[] value) {
    return context.sc().broadcastInternal(value, true, ClassTag$.MODULE$.apply(byte[].class));
  }
}
