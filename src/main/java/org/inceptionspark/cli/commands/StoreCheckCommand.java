package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.output.CommandSession;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.job.StoreCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code store-check}: whether an object store does all that the job needs. */
@Command(
    name = "store-check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks on an object store everything that the job needs, and prints a table of checks.",
      "Endpoint and credentials are those of S3A's configuration.",
      "Exit: 0 all checks passed, 1 wrong usage, 2 one failed."
    })
public final class StoreCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "URI",
      description = "A bucket, or a directory in it, such as s3a://bucket; what is there stays.")
  private String bucket;

  @Option(names = "--make-bucket", description = "Creates the bucket if it does not exist.")
  private boolean makeBucket;

  @Override
  public Integer call() throws IOException {
    SparkSession spark = CommandSession.open("inception-spark store-check");
    StoreCheck check = new StoreCheck(spark, bucket);
    List<StoreCheck.Result> results = (makeBucket ? check.makeBucket() : check).run();
    PrintWriter out = command.commandLine().getOut();
    for (StoreCheck.Result result : results) {
      String verdict =
          result.problem() == null ? "ok" : "FAILED " + Secrets.masked(result.problem());
      out.println(String.format(Locale.ROOT, "%-56s %s", result.name(), verdict));
    }
    long failed = results.stream().filter(result -> result.problem() != null).count();
    out.println(results.size() + " checks, " + failed + " failed");
    return failed == 0 ? 0 : ExitCode.FAILED;
  }
}
