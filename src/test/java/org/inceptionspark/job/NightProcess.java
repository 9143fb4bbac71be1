package org.inceptionspark.job;

import java.io.File;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * A night as a process of its own, to be killed: labels one directory into a table with the tiny
 * model, in small chunks.
 */
final class NightProcess {
  private static final int CHUNK = 20;

  private NightProcess() {}

  /**
   * @param args input, output, prefix of the checkpoint
   */
  public static void main(String[] args) throws IOException {
    ProcessHandle.current()
        .parent()
        .orElseThrow()
        .onExit()
        .thenRun(() -> Runtime.getRuntime().halt(1));
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[2]")
            .setAppName("night")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2");
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      ModelRequest model =
          new ModelRequest(
              args[2],
              java.util.Optional.empty(),
              5,
              List.of(),
              "apply",
              1_000_000,
              java.util.Optional.empty(),
              "auto");
      LabelImages.using(spark)
          .model(model.load(spark.sessionState().newHadoopConf()))
          .images(ImageSource.objects(ListObjects.using(spark).inputs(List.of(args[0])).execute()))
          .output(args[1])
          .ifExists(IfExists.APPEND)
          .runDate(LocalDate.of(2026, 1, 31))
          .commitEvery(CHUNK)
          .execute();
    }
  }

  /** Starts one with this JVM's classes and options. */
  static Process start(String input, String output, File log) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(NightProcess.class.getName(), input, output, TinyModel.checkpoint().toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}
