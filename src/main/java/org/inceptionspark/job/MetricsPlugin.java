package org.inceptionspark.job;

import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.task.TaskCounters;
import org.inceptionspark.job.task.WorkMeter;
import org.inceptionspark.job.task.WorkMeter.Activity;

/**
 * The job's figures in Spark's metrics system, for every configured sink (Prometheus, JMX,
 * Graphite, ...). Each executor reports what it has done since it started; the driver reports the
 * finished tasks of the current or last run, under names that begin with {@code run_}.
 */
public final class MetricsPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        return Map.of();
      }

      @Override
      public void registerMetrics(String applicationId, PluginContext plugin) {
        registerRun(plugin.metricRegistry());
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext plugin, Map<String, String> extra) {
        registerJvm(plugin.metricRegistry(), WorkMeter.ofThisJvm());
      }
    };
  }

  private static void registerJvm(MetricRegistry registry, WorkMeter meter) {
    registry.gauge("images", () -> meter::images);
    registry.gauge("bytes", () -> meter::bytes);
    for (Outcome outcome : Outcome.values()) {
      registry.gauge(name(outcome), () -> () -> meter.images(outcome));
    }
    for (Activity activity : Activity.values()) {
      registry.gauge(name(activity), () -> () -> meter.seconds(activity));
    }
  }

  private static void registerRun(MetricRegistry registry) {
    register(registry, "images", counters -> counters.images().value());
    register(registry, "bytes", counters -> counters.bytes().value());
    register(
        registry,
        name(Outcome.LABELLED),
        counters -> counters.images().value() - counters.errors().value());
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.LABELLED) {
        register(registry, name(outcome), counters -> counters.errorsByKind().get(outcome).value());
      }
    }
    for (Activity activity : Activity.values()) {
      register(registry, name(activity), counters -> counters.seconds().get(activity).value());
    }
  }

  private static void register(
      MetricRegistry registry, String name, Function<TaskCounters, Number> value) {
    registry.gauge(
        "run_" + name,
        () ->
            () -> {
              TaskCounters counters = TaskCounters.ofTheRun();
              return counters == null ? 0 : value.apply(counters);
            });
  }

  private static String name(Outcome outcome) {
    return outcome == Outcome.LABELLED ? "labelled" : "errors_" + outcome;
  }

  private static String name(Activity activity) {
    return activity.word() + "_seconds";
  }
}
