package org.inceptionspark.job.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** What {@code parallelize} and {@code collect} do, for values of any class. */
public final class Transfer {
  private Transfer() {}

  /** Distributes values, in order, over this many partitions. */
  public static <T> JavaRDD<T> toTasks(JavaSparkContext context, List<T> values, int partitions) {
    return context
        .parallelize(values.stream().map(JavaBytes::of).toList(), partitions)
        .map(JavaBytes::value);
  }

  /** All values, in the order of the partitions. */
  public static <T> List<T> toDriver(JavaRDD<T> values) {
    List<T> all = new ArrayList<>();
    for (byte[] partition : values.mapPartitions(Transfer::packed).collect()) {
      all.addAll(JavaBytes.<List<T>>value(partition));
    }
    return all;
  }

  /** A partition's values as one value. */
  private static <T> Iterator<byte[]> packed(Iterator<T> values) {
    if (!values.hasNext()) {
      return Collections.emptyIterator();
    }
    List<T> all = new ArrayList<>();
    values.forEachRemaining(all::add);
    return List.of(JavaBytes.of(all)).iterator();
  }
}
