package org.inceptionspark.job;

import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.inceptionspark.job.storage.AsciiDigits;

/**
 * Makes executors format numbers with ASCII digits where their locale has others, before the first
 * task.
 */
public final class AsciiDigitsPlugin implements SparkPlugin {
  /** The driver's JVM may read from a store before there is a session. */
  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext plugin, Map<String, String> extra) {
        AsciiDigits.use();
      }
    };
  }
}
