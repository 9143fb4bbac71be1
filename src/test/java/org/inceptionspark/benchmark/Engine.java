package org.inceptionspark.benchmark;

/** Something that runs the network on a batch it was given beforehand. */
interface Engine extends AutoCloseable {
  String name();

  void run();

  /** PreLogits of the batch, [batch, 2048]. */
  float[] prelogits();

  @Override
  void close();
}
