package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class JobDefaultsTest {
  private static final String KILLS = "spark.executor.killOnFatalError.depth";

  private static SparkConf at(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  /** Spark would end the process with 52, and the record would say "interrupted". */
  @Test
  void aTaskWithoutMemoryEndsTheRunAndNotTheDriver() {
    assertThat(JobDefaults.applyTo(at("local")).get(KILLS)).isEqualTo("0");
    assertThat(JobDefaults.applyTo(at("local[8]")).get(KILLS)).isEqualTo("0");
    assertThat(JobDefaults.applyTo(at("yarn")).contains(KILLS)).isFalse();
    assertThat(JobDefaults.applyTo(at("local").set(KILLS, "5")).get(KILLS)).isEqualTo("5");
  }

  @Test
  void whatASiteSaysOfSpeedHolds() {
    SparkConf site = at("yarn").set("spark.task.maxFailures", "2").set("spark.plugins", "a.Plugin");
    SparkConf conf = JobDefaults.applyTo(site);
    assertThat(conf.get("spark.task.maxFailures")).isEqualTo("2");
    assertThat(conf.get("spark.plugins").split(","))
        .containsExactly(
            "a.Plugin", AsciiDigitsPlugin.class.getName(), MetricsPlugin.class.getName());
  }
}
