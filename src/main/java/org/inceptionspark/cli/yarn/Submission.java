package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.launcher.InProcessLauncher;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.FailureLine;
import picocli.CommandLine;

/** A command for a cluster, with the arguments for Spark. */
public final class Submission {
  private static final String FILES = "--files";
  private static final String ARCHIVES = "--archives";
  private static final String MAIN = "org.inceptionspark.cli.Main";

  private final SparkArguments spark;
  private final Configuration hadoop;
  private final Map<String, Path> shipped = new HashMap<>();

  private Submission(SparkArguments spark, Configuration hadoop) {
    this.spark = spark;
    this.hadoop = hadoop;
    for (String file : spark.list(FILES)) {
      URI uri = new org.apache.hadoop.fs.Path(file.replaceFirst("#.*", "")).toUri();
      String alias = file.contains("#") ? file.replaceFirst(".*#", "") : name(uri.getPath());
      shipped.put(alias, Path.of(uri.getPath()));
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * @param words for spark-submit
   * @throws IllegalArgumentException if they are not arguments of spark-submit
   */
  public static Submission of(List<String> words) throws IOException {
    SparkArguments spark = SparkArguments.of(words);
    Path configuration =
        Optional.ofNullable(System.getenv("SPARK_CONF_DIR"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "conf"));
    Configuration hadoop =
        SparkHadoopUtil.get()
            .newConfiguration(spark.settings(configuration.resolve("spark-defaults.conf")));
    return new Submission(spark, new YarnConfiguration(hadoop));
  }

  /** A file on this machine, which may have another name here than on the driver. */
  public Path local(Path file) {
    return shipped.getOrDefault(file.toString(), file);
  }

  /** The files to be shipped for a command that has parsed its arguments. */
  public ShippedFiles files(CommandLine command, List<String> arguments) throws IOException {
    ShippedFiles files = new ShippedFiles(command, arguments, shipped.keySet(), hadoop);
    files.find();
    return files;
  }

  /**
   * Submits the command and waits.
   *
   * @return its exit code
   */
  public int run(CommandLine command, String jar, ShippedFiles files) throws IOException {
    PrintWriter err = command.getErr();
    InProcessLauncher launcher = new InProcessLauncher();
    spark.adding(FILES, files.files()).adding(ARCHIVES, files.archives()).applyTo(launcher);
    launcher.setMainClass(MAIN).setAppResource(jar);
    launcher.addAppArgs(files.arguments().toArray(String[]::new));
    Optional<ApplicationReport> end = new Application(hadoop, err::println).run(launcher);
    return end.isPresent() ? end(command, end.get()) : 0;
  }

  private static int end(CommandLine command, ApplicationReport report) {
    FinalApplicationStatus status = report.getFinalApplicationStatus();
    boolean well = status == FinalApplicationStatus.SUCCEEDED;
    DriverReport words = DriverReport.of(report.getDiagnostics(), well ? 0 : ExitCode.FAILED);
    command.getOut().print(words.out());
    command.getErr().print(words.err());
    if (words.exitCode() == ExitCode.FAILED) {
      String id = report.getApplicationId().toString();
      String how = status == FinalApplicationStatus.KILLED ? " was killed" : " failed";
      String line = id + how + "; its log: yarn logs -applicationId " + id;
      command.getErr().println(FailureLine.of(command, line));
    }
    command.getErr().flush();
    command.getOut().flush();
    return words.exitCode();
  }
}
