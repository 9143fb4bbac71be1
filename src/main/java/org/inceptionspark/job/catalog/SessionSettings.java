package org.inceptionspark.job.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Changes settings of a session for a while: those that table formats accept in no other way. */
final class SessionSettings implements AutoCloseable {
  private final SparkSession spark;
  private final Map<String, Optional<String>> before = new HashMap<>();

  private SessionSettings(SparkSession spark) {
    this.spark = spark;
  }

  static SessionSettings hold(SparkSession spark, Map<String, String> settings) {
    SessionSettings held = new SessionSettings(spark);
    settings.forEach(held::set);
    return held;
  }

  private void set(String key, String value) {
    before.put(
        key, spark.conf().contains(key) ? Optional.of(spark.conf().get(key)) : Optional.empty());
    spark.conf().set(key, value);
  }

  @Override
  public void close() {
    before.forEach(
        (key, value) ->
            value.ifPresentOrElse(
                old -> spark.conf().set(key, old), () -> spark.conf().unset(key)));
  }
}
