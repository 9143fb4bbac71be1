package org.inceptionspark.job;

import io.delta.sql.DeltaSparkSessionExtension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.task.ReadAhead;
import org.inceptionspark.s3.EmbeddedS3;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An application, with executors in JVMs of their own, that labels the same photographs repeatedly
 * while faults are injected. It leaves behind the objects of its store, pages of its UI and its
 * log, which {@link FaultMatrixClusterTest} examines.
 *
 * <p>Arguments: an empty directory. The keys of the store are {@code AWS_ACCESS_KEY_ID} and {@code
 * AWS_SECRET_ACCESS_KEY}.
 */
final class ClusterApplication {
  static final String BUCKET = "cluster";
  static final int PHOTOGRAPHS = 24;

  private final Path directory;
  private final EmbeddedS3 s3;
  private final SparkSession spark;

  private ClusterApplication(Path directory, EmbeddedS3 s3) {
    this.directory = directory;
    this.s3 = s3;
    this.spark = SparkSession.builder().config(configuration()).getOrCreate();
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    try (EmbeddedS3 s3 =
        EmbeddedS3.start(
            Files.createDirectories(directory.resolve("store")),
            System.getenv("AWS_ACCESS_KEY_ID"),
            System.getenv("AWS_SECRET_ACCESS_KEY"))) {
      put(s3);
      Files.createDirectories(directory.resolve("events"));
      ClusterApplication application = new ClusterApplication(directory, s3);
      application.run();
      application.spark.stop();
    }
  }

  private static void put(EmbeddedS3 s3) throws IOException {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    try (S3Client client = s3.client()) {
      client.createBucket(bucket -> bucket.bucket(BUCKET));
      for (int i = 0; i < PHOTOGRAPHS; i++) {
        String key = "photos/" + i + ".jpg";
        byte[] bytes = Arrays.copyOf(jpeg, jpeg.length + i);
        client.putObject(o -> o.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
      }
      client.putObject(
          o -> o.bucket(BUCKET).key("poison/15.jpg"), RequestBody.fromBytes(PoisonImage.png()));
      client.putObject(
          o -> o.bucket(BUCKET).key("poison/16.png"),
          RequestBody.fromBytes(PoisonedModel.Effect.HALTS.picture()));
    }
  }

  private SparkConf configuration() {
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local-cluster[2,1,512]")
            .setAppName("fault matrix")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+ExitOnOutOfMemoryError -Dlog4j2.configurationFile="
                    + System.getProperty("log4j2.configurationFile"))
            .set("spark.ui.enabled", "true")
            .set("spark.ui.port", "0")
            .set("spark.sql.shuffle.partitions", "2")
            .set("spark.sql.extensions", EXTENSIONS)
            .set("spark.sql.catalog.spark_catalog", DeltaCatalog.class.getName())
            .set("spark.sql.catalog.lake", SparkCatalog.class.getName())
            .set("spark.sql.catalog.lake.type", "hadoop")
            .set("spark.sql.catalog.lake.warehouse", directory.resolve("lake").toUri().toString())
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toUri().toString())
            .set("spark.metrics.conf.*.sink.prometheusServlet.class", PROMETHEUS)
            .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus")
            .set("spark.metrics.conf.*.sink.jmx.class", "org.apache.spark.metrics.sink.JmxSink")
            .set("spark.eventLog.enabled", "true")
            .set("spark.eventLog.compress", "false")
            .set("spark.eventLog.dir", directory.resolve("events").toUri().toString());
    s3.s3aOptions().forEach((key, value) -> conf.set("spark.hadoop." + key, value));
    return conf;
  }

  private static final String EXTENSIONS =
      DeltaSparkSessionExtension.class.getName()
          + ","
          + IcebergSparkSessionExtensions.class.getName();

  private static final String PROMETHEUS = "org.apache.spark.metrics.sink.PrometheusServlet";

  private void run() throws Exception {
    label(uri("undisturbed"), List.of(uri("photos")));
    keepPages();
    keepBeans();
    labelWhileAnExecutorDies("killed", uri("killed"));
    spark.sql("CREATE NAMESPACE IF NOT EXISTS lake.db");
    for (String table :
        List.of("table:lake.db.killed", "table:delta.`" + directory.resolve("delta") + "`")) {
      String name = table.contains("lake.") ? "killed-iceberg" : "killed-delta";
      labelWhileAnExecutorDies(name, table);
      LabelsTables.of(spark, table).view().write().parquet(uri(name));
    }
    label(uri("poisoned"), List.of(uri("photos"), uri("poison")));
  }

  private void labelWhileAnExecutorDies(String name, String table) throws Exception {
    Thread killer = new Thread(() -> killAnExecutorInMidPartition(name));
    s3.store().requests().clear();
    killer.start();
    label(table, List.of(uri("photos")));
    killer.join();
  }

  private void label(String table, List<String> inputs) throws IOException {
    LabelImages.using(spark)
        .model(PoisonedModel.of(TinyModel.spec()))
        .images(ImageSource.objects(ListObjects.using(spark).inputs(inputs).execute()))
        .output(table)
        .runDate(LocalDate.of(2026, 1, 31))
        .batch(2)
        .readAhead(new ReadAhead.Limits(2, 4 << 20, 1, 4 << 20))
        .options(Map.of("output", table))
        .execute();
    System.out.println("labelled " + table);
  }

  private static String uri(String directory) {
    return "s3a://" + BUCKET + "/" + directory;
  }

  /** After a third of the photographs has been asked for. */
  private void killAnExecutorInMidPartition(String name) {
    try {
      while (reads() < PHOTOGRAPHS / 3) {
        Thread.sleep(5);
      }
      ProcessHandle executor =
          ProcessHandle.current()
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .findFirst()
              .orElseThrow();
      System.out.println(name + " " + executor.destroyForcibly());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long reads() {
    return s3.store().requests().stream().filter(r -> r.startsWith("GET photos/")).count();
  }

  private void keepPages() throws Exception {
    String ui = spark.sparkContext().uiWebUrl().get();
    String application = ui + "/api/v1/applications/" + spark.sparkContext().applicationId();
    keep("prometheus.txt", ui + "/metrics/prometheus");
    keep("environment.html", ui + "/environment/");
    keep("environment.json", application + "/environment");
    keep("stages.json", application + "/stages?details=true");
    keep("executors.html", ui + "/executors/");
    keep("sql.html", ui + "/SQL/");
  }

  /** What JMX shows of the job in this JVM, and in those of the executors, one line a value. */
  private void keepBeans() throws IOException {
    Files.write(directory.resolve("ui/driver-beans.txt"), beans());
    List<String> ofExecutors =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(List.of(1, 2, 3, 4), 4)
            .flatMap(
                task -> {
                  Thread.sleep(500); // so that both executors get one
                  return beans().iterator();
                })
            .distinct()
            .collect();
    Files.write(directory.resolve("ui/executor-beans.txt"), ofExecutors);
  }

  private static List<String> beans() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      List<String> lines = new ArrayList<>();
      for (ObjectName name : server.queryNames(new ObjectName("metrics:*"), null)) {
        if (name.getKeyProperty("name").contains("MetricsPlugin")) {
          lines.add(name.getKeyProperty("name") + " " + server.getAttribute(name, "Value"));
        }
      }
      return lines;
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String file, String url) throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    Files.writeString(Files.createDirectories(directory.resolve("ui")).resolve(file), body);
  }
}
