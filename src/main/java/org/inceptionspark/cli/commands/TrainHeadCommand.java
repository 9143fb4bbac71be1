package org.inceptionspark.cli.commands;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.options.LabelledTable;
import org.inceptionspark.cli.options.LearnOptions;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.output.Json;
import org.inceptionspark.cli.output.LearnJson;
import org.inceptionspark.cli.output.LearnReport;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.learn.ConfusionMatrix;
import org.inceptionspark.learn.HeadFile;
import org.inceptionspark.learn.LabelledRows;
import org.inceptionspark.learn.ModelRows;
import org.inceptionspark.learn.Split;
import org.inceptionspark.learn.TrainHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-head}: fits a new last layer for the user's own classes to embeddings. */
@Command(
    name = "train-head",
    description = {
      "Fits a classifier for your own classes to the embeddings of a labels table, and writes it as"
          + " a head for label --head and evaluate --head. No image is read.",
      "Exit: 0 done, 1 wrong usage or labels, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class TrainHeadCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private LabelledTable table;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "HEAD",
      description = "File for the head, path or URI; an existing one is replaced.")
  @Names(Names.Kind.PAGE)
  private String output;

  @Option(
      names = "--previous-head",
      paramLabel = "HEAD",
      description =
          "The head that labelled the table, if one did: the new head is for the same base model.")
  @Names(Names.Kind.FILE)
  private Optional<String> previousHead;

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description =
          "Share of each class that is kept to evaluate the head; 0 learns from all" + " images.")
  private double validation;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Chooses the images for validation.")
  private long seed;

  @Option(
      names = "--regularization",
      defaultValue = "0.001",
      paramLabel = "WEIGHT",
      description = "Weight of the L2 penalty: more for few images, less for many.")
  private double regularization;

  @Option(
      names = "--max-iterations",
      defaultValue = "100",
      paramLabel = "N",
      description = "Most steps of the fit.")
  private int maxIterations;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    TrainHead training =
        TrainHead.with(new Split(validation, seed))
            .regularization(regularization)
            .maxIterations(maxIterations);
    ModelRows embeddings = table.rows();
    SparkSession spark = embeddings.rows().sparkSession();
    OutputFile.require(output, spark.sessionState().newHadoopConf());
    String base = LearnOptions.base(embeddings.model(), previousHead, spark);
    try (TaskProgress progress =
            TaskProgress.show(spark, command.commandLine().getErr(), "training");
        LabelledRows rows = table.labelled(embeddings)) {
      TrainHead.Result result = training.execute(rows.rows(), base);
      progress.close();
      HeadFile.write(result.head(), output, spark.sessionState().newHadoopConf());
      print(rows, result);
    }
    return 0;
  }

  private void print(LabelledRows rows, TrainHead.Result result) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(json(rows, result));
      return;
    }
    LearnReport.labels(rows).forEach(out::println);
    out.printf(
        Locale.ROOT,
        "fitted to %d images in %d steps, training accuracy %.4f%n",
        result.trainingImages(),
        result.iterations(),
        result.training().accuracy());
    validation(result.validation(), out);
    out.printf(
        Locale.ROOT,
        "%nhead        %s%nbase model  %s%nmodel       %s (rows of label --head)%n",
        Secrets.masked(output),
        result.head().base(),
        result.head().model());
  }

  private static void validation(ConfusionMatrix found, PrintWriter out) {
    if (found.images() == 0) {
      out.println("not validated: how good the head is, is unknown");
      return;
    }
    out.printf(Locale.ROOT, "validated with %d images:%n%n", found.images());
    LearnReport.classes(found).forEach(out::println);
    out.println();
    LearnReport.confusion(found).forEach(out::println);
  }

  private String json(LabelledRows rows, TrainHead.Result result) {
    return Json.object()
        .with("head", Secrets.masked(output))
        .with("classes", result.head().names())
        .with("base_model", result.head().base())
        .with("model", result.head().model())
        .with("labels", LearnJson.labels(rows))
        .with("iterations", result.iterations())
        .with("training", LearnJson.confusion(result.training()))
        .with("validation", LearnJson.confusion(result.validation()))
        .text();
  }
}
