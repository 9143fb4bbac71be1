package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.job.task.InFlightMarkers;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the fault matrix that needs JVMs which may die: see {@link ClusterApplication}. */
@Tag("slow")
class FaultMatrixClusterTest {
  private static final String KEY = "AKIDOFTHETEST";
  private static final String SECRET = "never-shown-" + UUID.randomUUID();

  @TempDir static Path directory;

  private static String screen;

  @BeforeAll
  static void run() throws Exception {
    Files.createDirectories(directory.resolve("home/jars"));
    Path output = directory.resolve("screen.txt");
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("SPARK_HOME", directory.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("AWS_ACCESS_KEY_ID", KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", SECRET);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = false;
    try {
      ended = process.waitFor(10, TimeUnit.MINUTES);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      screen = Files.readString(output);
    }
    assertThat(ended).as("it ends: %s", screen).isTrue();
    assertThat(process.exitValue()).as("exit value after: %s", screen).isZero();
  }

  /** This JVM again, with its module options and its classes. */
  private static List<String> command() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-Djdk.reflect"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Dlog4j2.configurationFile=" + jsonLog(),
            "-cp",
            System.getProperty("java.class.path"),
            ClusterApplication.class.getName(),
            directory.toString()));
    return command;
  }

  /** The template that users copy. */
  private static Path jsonLog() throws IOException {
    return Files.copy(
        Path.of("conf/log4j2-json.properties.template"), directory.resolve("log4j2.properties"));
  }

  private static Dataset<Row> table(String name) {
    Path path = directory.resolve("store").resolve(ClusterApplication.BUCKET).resolve(name);
    return LocalSpark.session().read().parquet(path.toString());
  }

  private static TableComparison.Result difference(Dataset<Row> table) {
    return TableComparison.compare(table("undisturbed"), table, Set.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"killed", "killed-iceberg", "killed-delta"})
  void anExecutorKilledInMidPartitionChangesNothing(String name) {
    assertThat(screen).contains(name + " true");
    assertThat(table("undisturbed").where("error is null").count())
        .isEqualTo(ClusterApplication.PHOTOGRAPHS);
    assertThat(difference(table(name)))
        .isEqualTo(new TableComparison.Result(ClusterApplication.PHOTOGRAPHS, 0, List.of()));
  }

  /** One makes memory run out, the other ends the JVM at once. */
  @Test
  void imagesThatKillTheJvmAreRowsAndTheirNeighboursAreLabelled() {
    Dataset<Row> table = table("poisoned");
    assertThat(table.where("error is not null").select("path", "error.*").collectAsList())
        .extracting(Row::mkString)
        .containsExactlyInAnyOrder(
            "s3a://cluster/poison/15.jpgCRASHEDthe JVM died each time it was looked at, also alone",
            "s3a://cluster/poison/16.pngCRASHEDthe JVM died each time it was looked at, also alone");
    assertThat(difference(table.where("error is null")))
        .isEqualTo(new TableComparison.Result(ClusterApplication.PHOTOGRAPHS, 0, List.of()));
    assertThat(screen).as("it is a real death").contains("ExecutorLostFailure");
    assertThat(directory.resolve("store/cluster/poisoned").resolve(InFlightMarkers.DIRECTORY))
        .doesNotExist();
  }

  @Test
  void sparksMetricsTellWhatHasBeenDone() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("ui/prometheus.txt"));
    assertThat(value(lines, "run_images")).isEqualTo(ClusterApplication.PHOTOGRAPHS);
    assertThat(value(lines, "run_labelled")).isEqualTo(ClusterApplication.PHOTOGRAPHS);
    assertThat(value(lines, "run_errors_CORRUPT")).isZero();
    assertThat(value(lines, "run_bytes")).isGreaterThan(10_000);
    assertThat(value(lines, "run_decode_seconds")).isPositive();
    assertThat(value(lines, "run_forward_seconds")).isPositive();
    assertThat(value(lines, "run_wait_seconds")).isPositive();
  }

  @Test
  void metricsOfDriverAndExecutorsAreInJmx() throws IOException {
    List<String> driver = Files.readAllLines(directory.resolve("ui/driver-beans.txt"));
    String prefix = "inception_spark.driver.plugin." + MetricsPlugin.class.getName() + ".run_";
    assertThat(driver)
        .contains(prefix + "images " + ClusterApplication.PHOTOGRAPHS)
        .contains(prefix + "errors_CRASHED 0")
        .anyMatch(line -> line.startsWith(prefix + "forward_seconds "));
    assertThat(
            Files.readAllLines(directory.resolve("ui/executor-beans.txt")).stream()
                .filter(line -> line.contains(MetricsPlugin.class.getName() + ".images "))
                .peek(line -> assertThat(line).matches("inception_spark\\.[01]\\.plugin\\..*"))
                .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .sum())
        .as("images of all executors")
        .isEqualTo(ClusterApplication.PHOTOGRAPHS);
  }

  private static double value(List<String> lines, String name) {
    String start =
        "metrics_inception_spark_driver_plugin_org_inceptionspark_job_MetricsPlugin_"
            + name
            + "_Value{";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + start + " in " + lines));
  }

  @Test
  void accumulatorsAreInTheUi() throws IOException {
    assertThat(Files.readString(directory.resolve("ui/stages.json")))
        .contains("\"name\" : \"images\"")
        .contains("\"name\" : \"forward seconds\"")
        .contains("\"name\" : \"bytes\"");
  }

  @Test
  void linesOfARunAreJsonWithFields() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : screen.lines().filter(line -> line.startsWith("{")).toList()) {
      JsonNode json = new ObjectMapper().readTree(line);
      if (json.has("event")) {
        events.add(json);
      }
    }
    assertThat(events)
        .extracting(json -> json.get("event").asText())
        .isEqualTo(
            Stream.generate(() -> List.of("run_start", "commit", "run_end"))
                .limit(5)
                .flatMap(List::stream)
                .toList());
    JsonNode end = events.get(events.size() - 1);
    assertThat(end.get("status").asText()).isEqualTo("DONE");
    assertThat(end.get("labelled").asInt()).isEqualTo(ClusterApplication.PHOTOGRAPHS);
    assertThat(end.get("errors_CRASHED").asInt()).isEqualTo(2);
    assertThat(end.get("images_per_second").asDouble()).isPositive();
    assertThat(end.get("run_id").asText())
        .isEqualTo(events.get(events.size() - 3).get("run_id").asText());
  }

  @Test
  void theSecretIsNowhere() throws IOException {
    Set<String> seen = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content.contains(SECRET)).as("the secret is in %s", file).isFalse();
        seen.add(directory.relativize(file).toString());
      }
    }
    assertThat(Files.readString(directory.resolve("ui/environment.html")))
        .contains("spark.hadoop.fs.s3a.secret.key")
        .doesNotContain(KEY);
    assertThat(Files.readString(directory.resolve("ui/environment.json"))).doesNotContain(KEY);
    assertThat(seen)
        .contains("screen.txt", "ui/environment.html", "ui/environment.json")
        .anyMatch(name -> name.startsWith("events/"))
        .anyMatch(name -> name.contains("/_runs/"));
  }
}
