package org.inceptionspark.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.SparkConf;

/**
 * The settings that a site brings to the tests' session, as its {@code spark-defaults.conf} does to
 * a job: those of the resource that the system property {@value #PROPERTY} names, none unless said.
 */
final class Sites {
  static final String PROPERTY = "inceptionspark.test.site";

  private Sites() {}

  static SparkConf configured() {
    SparkConf conf = new SparkConf();
    String site = System.getProperty(PROPERTY, "");
    if (!site.isEmpty()) {
      settings(site).forEach((key, value) -> conf.set((String) key, (String) value));
    }
    return conf;
  }

  private static Properties settings(String site) {
    Properties settings = new Properties();
    try (InputStream in = Sites.class.getResourceAsStream("/sites/" + site + ".properties")) {
      if (in == null) {
        throw new IllegalStateException(PROPERTY + ": there is no site " + site);
      }
      settings.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }
}
