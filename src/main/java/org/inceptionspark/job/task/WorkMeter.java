package org.inceptionspark.job.task;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.inceptionspark.job.runs.Outcome;

/** What all tasks of this JVM have done since it started. */
public final class WorkMeter {
  /** The activities of a task's own thread. */
  public enum Activity {
    /** Waiting for images to be read. */
    WAIT,
    /** From bytes to the network's input. */
    DECODE,
    /** The network. */
    FORWARD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final WorkMeter OF_THIS_JVM = new WorkMeter();

  private final LongAdder bytes = new LongAdder();
  private final Map<Outcome, LongAdder> images = new EnumMap<>(Outcome.class);
  private final Map<Activity, DoubleAdder> seconds = new EnumMap<>(Activity.class);

  private WorkMeter() {
    for (Outcome outcome : Outcome.values()) {
      images.put(outcome, new LongAdder());
    }
    for (Activity activity : Activity.values()) {
      seconds.put(activity, new DoubleAdder());
    }
  }

  public static WorkMeter ofThisJvm() {
    return OF_THIS_JVM;
  }

  void count(long length, Outcome outcome) {
    bytes.add(length);
    images.get(outcome).increment();
  }

  void spent(Activity activity, double time) {
    seconds.get(activity).add(time);
  }

  public long bytes() {
    return bytes.sum();
  }

  public long images() {
    return images.values().stream().mapToLong(LongAdder::sum).sum();
  }

  public long images(Outcome outcome) {
    return images.get(outcome).sum();
  }

  public double seconds(Activity activity) {
    return seconds.get(activity).sum();
  }
}
