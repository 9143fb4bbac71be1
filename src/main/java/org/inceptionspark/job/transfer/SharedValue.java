package org.inceptionspark.job.transfer;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A value that is broadcast once and read in every task. Each task has its own copy of this object,
 * and so deserialises the value once.
 *
 * @param <T> serialisable by Java
 */
public final class SharedValue<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> bytes;
  private transient T value;

  private SharedValue(Broadcast<byte[]> bytes) {
    this.bytes = bytes;
  }

  public static <T> SharedValue<T> of(JavaSparkContext context, T value) {
    return new SharedValue<>(context.broadcast(JavaBytes.of(value)));
  }

  public synchronized T value() {
    if (value == null) {
      value = JavaBytes.value(bytes.value());
    }
    return value;
  }

  /** Copies are equal if they come from the same broadcast. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SharedValue<?> shared && bytes.id() == shared.bytes.id();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bytes.id());
  }
}
