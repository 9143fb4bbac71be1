package org.inceptionspark.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.Interruption;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.spark.LocalSpark;
import org.inceptionspark.weights.ModelWeights;

/** A night as a process of its own, that may die: the tiny model, in small chunks. */
final class NightProcess {
  static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);

  private static final String POISONED = "night.poisoned";
  private static final String COMMIT_EVERY = "night.commit.every";
  private static final String END_POINTS = "night.end.points";

  private final Path directory;
  private final String output;
  private String table;
  private final List<String> options = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private List<String> inputs = List.of();

  private NightProcess(Path directory, String output) {
    this.directory = directory;
    this.output = output;
    this.table = directory.resolve(output).toString();
  }

  /**
   * @param args prefix of the checkpoint, output, inputs
   */
  public static void main(String[] args) throws IOException {
    ProcessHandle.current()
        .parent()
        .orElseThrow()
        .onExit()
        .thenRun(() -> Runtime.getRuntime().halt(1));
    Interruption.hearSignals();
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[2]")
            .setAppName("night")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.codegen.wholeStage", "false") // the compiler of a short life
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .set("spark.sql.shuffle.partitions", "2");
    List<String> inputs = Arrays.asList(args).subList(2, args.length);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      LabelImages.using(spark)
          .model(model(args[0]))
          .images(ImageSource.objects(ListObjects.using(spark).inputs(inputs).execute()))
          .output(args[1])
          .ifExists(IfExists.APPEND)
          .runDate(NIGHT)
          .commitEvery(Long.getLong(COMMIT_EVERY, 20))
          .execute();
    } catch (Exception e) { // Spark throws undeclared checked exceptions
      System.out.println("FAILED " + StorageFailure.describe(e));
      Runtime.getRuntime().exit(2);
    }
  }

  /**
   * Vector kernels are slow until C2 has compiled them, which these processes do not live to see.
   */
  private static LabelerSpec model(String checkpoint) {
    LabelerSpec spec =
        LabelerSpec.builder(ModelWeights.load(Path.of(checkpoint)))
            .kernels("scalar")
            .endPoints(
                Arrays.stream(System.getProperty(END_POINTS, "").split(","))
                    .filter(name -> !name.isEmpty())
                    .toList())
            .build();
    return Boolean.getBoolean(POISONED) ? PoisonedModel.of(spec) : spec;
  }

  /**
   * @param directory where table and log are
   * @param output name of the table
   */
  static NightProcess of(Path directory, String output) {
    return new NightProcess(directory, output);
  }

  NightProcess inputs(List<String> uris) {
    inputs = uris;
    return this;
  }

  /** A table that is no directory. */
  NightProcess table(String name) {
    table = name;
    return this;
  }

  NightProcess commitEvery(long images) {
    return option("-D" + COMMIT_EVERY + "=" + images);
  }

  /** Keeps this end point too, which makes rows long. */
  NightProcess endPoint(String name) {
    return option("-D" + END_POINTS + "=" + name);
  }

  /** With the model that fails on some pictures. */
  NightProcess poisoned() {
    return option("-D" + POISONED + "=true");
  }

  /** For the JVM. */
  NightProcess option(String option) {
    options.add(option);
    return this;
  }

  /** A command that runs the JVM. */
  NightProcess under(List<String> command) {
    before.addAll(command);
    return this;
  }

  String log() throws IOException {
    return Files.readString(logFile());
  }

  private Path logFile() {
    return directory.resolve(output + ".log");
  }

  /** Runs it to its end and gives its exit code. */
  int run() throws IOException, InterruptedException {
    Process process = start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts it with this JVM's classes and options. */
  Process start() throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
        .forEach(command::add);
    // One process among others on few cores: no compiler threads to wait for, no heap to grow.
    command.addAll(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(NightProcess.class.getName(), TinyModel.checkpoint().toString(), table));
    command.addAll(inputs);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(logFile().toFile())
        .start();
  }

  /** What the table should be: one run in this JVM, of {@code in} into {@code undisturbed}. */
  static void undisturbed(Path directory, LabelerSpec model) throws IOException {
    LabelImages.using(LocalSpark.session())
        .model(model)
        .images(
            ImageSource.objects(
                ListObjects.using(LocalSpark.session())
                    .inputs(List.of(directory.resolve("in").toString()))
                    .execute()))
        .output(directory.resolve("undisturbed").toString())
        .runDate(NIGHT)
        .execute();
  }
}
