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
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.learn.Evaluate;
import org.inceptionspark.learn.LabelledRows;
import org.inceptionspark.learn.ModelRows;
import org.inceptionspark.weights.ClassifierHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code evaluate}: how often a model is right, counted like Slim's {@code eval_image_classifier}.
 */
@Command(
    name = "evaluate",
    description = {
      "Compares the labels of a table with yours, which are class names of the model: accuracy,"
          + " recall@5, precision and recall of each class, and the confusion matrix. No"
          + " image is read.",
      "Exit: 0 done, 1 wrong usage or labels, 2 failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private LabelledTable table;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description =
          "The model's class names, as for label --labels. By default those that occur in the"
              + " table.")
  @Names(Names.Kind.CLASS_NAMES)
  private Optional<String> names;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "Evaluates this head on the table's embeddings instead of the table's logits.")
  @Names(Names.Kind.FILE)
  private Optional<String> head;

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    if (head.isPresent() && names.isPresent()) {
      throw new ConfigurationException("a head names its classes itself: leave out --names");
    }
    ModelRows rows = table.rows();
    SparkSession spark = rows.rows().sparkSession();
    try (TaskProgress progress =
            TaskProgress.show(spark, command.commandLine().getErr(), "evaluating");
        LabelledRows labelled = table.labelled(rows)) {
      Evaluate.Result result = evaluation(rows, spark).execute(labelled.rows());
      progress.close();
      print(rows.model(), labelled, result);
    }
    return 0;
  }

  private Evaluate evaluation(ModelRows rows, SparkSession spark) {
    if (head.isPresent()) {
      ClassifierHead classifier = LearnOptions.head(head.get(), spark);
      LearnOptions.base(rows.model(), head, spark);
      return Evaluate.head(classifier);
    }
    if (names.isPresent()) {
      LabelNames all = ModelRequest.names(names.get(), spark.sessionState().newHadoopConf());
      return Evaluate.named(all.names());
    }
    return Evaluate.namedAsIn(rows.rows());
  }

  private void print(String evaluated, LabelledRows rows, Evaluate.Result result) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .with("model", evaluated)
              .with("head", head.map(Secrets::masked).orElse(null))
              .with("labels", LearnJson.labels(rows))
              .with("recall_at_5", result.recallAt5())
              .with("evaluation", LearnJson.confusion(result.confusion()))
              .text());
      return;
    }
    LearnReport.labels(rows).forEach(out::println);
    out.println();
    LearnReport.classes(result.confusion()).forEach(out::println);
    out.printf(
        Locale.ROOT,
        "recall@5 %.4f: %d among the best five%n%n",
        result.recallAt5(),
        result.amongBest());
    LearnReport.confusion(result.confusion()).forEach(out::println);
    out.printf(Locale.ROOT, "%nmodel       %s%n", head.map(Secrets::masked).orElse(evaluated));
  }
}
