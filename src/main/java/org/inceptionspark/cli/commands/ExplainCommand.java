package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.inceptionspark.cli.options.ClassifierOptions;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.output.ExplanationReport;
import org.inceptionspark.cli.output.OutputFile;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.LocalCopy;
import org.inceptionspark.labeler.Explainer;
import org.inceptionspark.labeler.Explanation;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labels.LabelNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: draws over an image a map of what speaks for its label. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Shows which parts of an image speak for its label, or for another class.",
      "Exit: 0 done, 1 wrong usage, 2 failed."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "FILE",
      description = "The image, a path or URI.")
  @Names(Names.Kind.FILE)
  private String image;

  @Mixin private ClassifierOptions model;

  @Option(
      names = "--class",
      paramLabel = "N|NAME",
      description = "The class to explain. By default the most probable one.")
  private Optional<String> wanted;

  @Option(
      names = "--output",
      paramLabel = "PNG",
      description =
          "The file to write, a path or URI. By default NAME-explained.png in the working"
              + " directory.")
  @Names(Names.Kind.PAGE)
  private Optional<String> output;

  @Option(names = "--json", description = "Prints the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    String file = output.orElseGet(this::beside);
    OutputFile.require(file, hadoop);
    LabelerSpec spec = spec(hadoop);
    OptionalInt index = wanted.map(word -> index(word, spec.labels())).orElse(OptionalInt.empty());
    byte[] bytes = bytes(hadoop);
    Explanation explanation = explain(Explainer.create(spec), bytes, index);
    OutputFile.write(file, explanation.poster().bytes(), hadoop);
    ExplanationReport report = new ExplanationReport(image, spec, explanation, file);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? report.json() : report.text());
    out.flush();
    return 0;
  }

  private LabelerSpec spec(Configuration hadoop) {
    LabelerSpec spec =
        model
            .request(
                ResultOptions.of(model.labels(), 5, Explainer.END_POINT),
                LabelerSpec.DEFAULT_MAX_PIXELS)
            .load(hadoop);
    if (spec.classes() == 0) {
      throw new ConfigurationException(
          "weights " + model.weights() + " have no classes, so there is no label to explain");
    }
    return spec;
  }

  /** A class number from 0, or a class name, whole or one of its comma-separated parts. */
  private static OptionalInt index(String word, LabelNames names) {
    if (word.matches("\\d{1,9}")) {
      int index = Integer.parseInt(word);
      if (index >= names.classes()) {
        throw new ConfigurationException(
            "--class " + word + ": the model has classes 0 to " + (names.classes() - 1));
      }
      return OptionalInt.of(index);
    }
    List<Integer> found =
        IntStream.range(0, names.classes())
            .filter(
                i ->
                    List.of(names.name(i).split(",\\s*")).contains(word)
                        || names.name(i).equals(word))
            .boxed()
            .toList();
    if (found.size() != 1) {
      String many = found.size() + " classes have this name, " + found + ": give a number";
      String none = "no class has this name; --labels gives names, numbers are 0 to ";
      throw new ConfigurationException(
          "--class " + word + ": " + (found.isEmpty() ? none + (names.classes() - 1) : many));
    }
    return OptionalInt.of(found.get(0));
  }

  private byte[] bytes(Configuration hadoop) {
    try (LocalCopy copy = LocalCopy.ofFile(image, hadoop)) {
      return Files.readAllBytes(copy.path());
    } catch (IOException e) {
      throw new ConfigurationException("image " + image + ": " + StorageFailure.describe(e), e);
    }
  }

  private Explanation explain(Explainer explainer, byte[] bytes, OptionalInt index)
      throws IOException {
    try {
      return explainer.explain(bytes, index);
    } catch (ImageException e) {
      throw new IOException("image " + image + ": " + e.kind() + ": " + e.getMessage(), e);
    }
  }

  private String beside() {
    String name = image.substring(image.lastIndexOf('/') + 1).replaceFirst("\\.[^.]+$", "");
    return name + "-explained.png";
  }
}
