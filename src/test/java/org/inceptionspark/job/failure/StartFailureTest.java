package org.inceptionspark.job.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.history.EventLogFileWriter;
import org.apache.spark.rpc.RpcEndpointAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exceptions as Spark throws them while it starts. */
class StartFailureTest {
  @TempDir Path directory;

  @Test
  void aDirectoryForEventsThatIsNotThereIsNamed() {
    Path events = directory.resolve("events");
    SparkConf conf = new SparkConf(false).set("spark.eventLog.dir", events.toString());
    Exception failure =
        catchThrowableOfType(
            Exception.class,
            () ->
                EventLogFileWriter.apply(
                        "app", scala.Option.empty(), events.toUri(), conf, new Configuration())
                    .start());
    assertThat(StartFailure.of(failure))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Spark does not start: ")
        .hasMessageContaining(events.toString());
  }

  @Test
  void aNameThatNoHostMayHaveIsExplained() {
    Exception failure =
        catchThrowableOfType(
            Exception.class,
            () -> RpcEndpointAddress.apply("spark://HeartbeatReceiver@build_7:4040"));
    assertThat(StartFailure.of(failure))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("build_7")
        .hasMessageContaining("SPARK_LOCAL_HOSTNAME");
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    Exception failure =
        new SparkException("Exception when registering", new ClassNotFoundException("a.Listener"));
    assertThat(StartFailure.of(failure))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Spark does not start: class a.Listener not found");
  }

  @Test
  void whatMayGoWellTheNextTimeIsNoWrongConfiguration() {
    RuntimeException failure =
        new IllegalStateException("no", new ConnectException("Connection refused"));
    assertThat(StartFailure.of(failure)).isSameAs(failure);
  }

  @Test
  void aClusterThatDoesNotTakeAnApplicationIsQuoted() {
    Throwable failure =
        new InvocationTargetException(
            new IllegalArgumentException("Required AM memory (20480+2048 MB) is above the max"));
    assertThatThrownBy(() -> StartFailure.ofSubmission(failure))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("not submitted: Required AM memory (20480+2048 MB) is above the max");
    assertThat(StartFailure.ofSubmission(new IllegalStateException("no", new IOException("lost"))))
        .hasMessage("not submitted: lost");
  }
}
