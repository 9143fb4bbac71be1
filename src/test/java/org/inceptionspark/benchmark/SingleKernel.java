package org.inceptionspark.benchmark;

import java.util.concurrent.TimeUnit;
import org.inceptionspark.benchmark.LayerCall.Prepared;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH times, in a JVM of its own for each call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleKernel {
  /** The name of one of {@link LayerCalls}. */
  @Param("")
  public String call;

  private Prepared prepared;

  /** In the JVM that is timed, before it is. */
  @Setup
  public void checkAnswer() {
    prepared = LayerCalls.named(call).checked(KernelSelector.select(KernelChoice.AUTO));
  }

  /** One run. */
  @Benchmark
  public void run() {
    prepared.run();
  }
}
