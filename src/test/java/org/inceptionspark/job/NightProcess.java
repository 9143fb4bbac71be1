package org.inceptionspark.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.weights.ModelWeights;

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
      LabelImages.using(spark)
          .model(model(args[2]))
          .images(ImageSource.objects(ListObjects.using(spark).inputs(List.of(args[0])).execute()))
          .output(args[1])
          .ifExists(IfExists.APPEND)
          .runDate(LocalDate.of(2026, 1, 31))
          .commitEvery(CHUNK)
          .execute();
    }
  }

  /** Vector kernels are slow until C2 has compiled them, which these short lives do not see. */
  private static LabelerSpec model(String checkpoint) {
    return LabelerSpec.builder(ModelWeights.load(Path.of(checkpoint))).kernels("scalar").build();
  }

  /** Starts one with this JVM's classes and options. */
  static Process start(String input, String output, File log) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(NightProcess.class.getName(), input, output, TinyModel.checkpoint().toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}
