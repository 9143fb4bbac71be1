package org.inceptionspark.job.storage;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.directory.LeasedCommitProtocol;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredSettingsTest {
  @TempDir java.nio.file.Path directory;

  private static final String CORRUPT = "spark.sql.files.ignoreCorruptFiles";
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
  private static final String COMMITTER = "fs.s3a.committer.name";
  private static final String OF_BUCKET = "fs.s3a.bucket.a.bucket.committer.name";

  @Test
  void aSiteHasNoSayWhenTheSessionStarts() {
    SparkConf site =
        new SparkConf(false)
            .set(CORRUPT, "true")
            .set(PROTOCOL, "org.example.Protocol")
            .set("spark.hadoop." + COMMITTER, "directory")
            .set("spark.hadoop." + OF_BUCKET, "partitioned")
            .set("spark.hadoop.fs.s3a.bucket.a.bucket.endpoint", "here")
            .set("spark.hadoop.outputCommitCoordination.enabled", "false");
    SparkConf conf = RequiredSettings.applyTo(site);
    assertThat(conf.get(CORRUPT)).isEqualTo("false");
    assertThat(conf.get(PROTOCOL)).isEqualTo(LeasedCommitProtocol.class.getName());
    assertThat(conf.get("spark.hadoop." + COMMITTER)).isEqualTo("magic");
    assertThat(conf.get("spark.hadoop." + OF_BUCKET)).isEqualTo("magic");
    assertThat(conf.get("spark.hadoop.fs.s3a.bucket.a.bucket.endpoint")).isEqualTo("here");
    assertThat(conf.get("spark.hadoop.outputCommitCoordination.enabled")).isEqualTo("true");
  }

  @Test
  void aSessionHasThemWhileItIsHeldAndItsOwnAfterwards() {
    SparkSession session = LocalSpark.session().newSession();
    Configuration ofSite = session.sparkContext().hadoopConfiguration();
    ofSite.set(OF_BUCKET, "partitioned");
    try {
      session.conf().set(CORRUPT, "true");
      session.conf().unset(COMMITTER);
      try (RequiredSettings one = RequiredSettings.hold(session)) {
        try (RequiredSettings other = RequiredSettings.hold(session)) {
          assertThat(session.conf().get(CORRUPT)).isEqualTo("false");
        }
        Configuration hadoop = session.sessionState().newHadoopConf();
        assertThat(session.conf().get(CORRUPT)).isEqualTo("false");
        assertThat(hadoop.get(COMMITTER)).isEqualTo("magic");
        assertThat(hadoop.get(OF_BUCKET)).isEqualTo("magic");
      }
      Configuration hadoop = session.sessionState().newHadoopConf();
      assertThat(session.conf().get(CORRUPT)).isEqualTo("true");
      assertThat(hadoop.get(OF_BUCKET)).isEqualTo("partitioned");
      assertThat(session.sessionState().conf().getAllConfs().contains(COMMITTER)).isFalse();
    } finally {
      ofSite.unset(OF_BUCKET);
    }
  }

  /** From 33 directories on, Spark lists them in the executors. */
  @Test
  void aTableOfManyNightsIsRead() {
    SparkSession session = LocalSpark.session();
    String table = directory + "/table";
    try (RequiredSettings settings = RequiredSettings.hold(session)) {
      session
          .range(40)
          .toDF("night")
          .coalesce(1)
          .withColumn("image", expr("night"))
          .write()
          .partitionBy("night")
          .parquet(table);
      assertThat(session.read().parquet(table).count()).isEqualTo(40);
    }
  }
}
