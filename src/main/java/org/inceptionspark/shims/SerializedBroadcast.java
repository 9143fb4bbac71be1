package org.inceptionspark.shims;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/**
 * Broadcasts of which the driver keeps the blocks that it sends, and not the value beside them.
 * Spark does so for the tables of its own joins (SPARK-39983) and offers it to nobody else.
 */
public final class SerializedBroadcast {
  private SerializedBroadcast() {}

  public static Broadcast<byte[]> of(JavaSparkContext context, byte[] value) {
    return context.sc().broadcastInternal(value, true, ClassTag$.MODULE$.apply(byte[].class));
  }
}
