package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.WeightsInput;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.LabelerStream;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.weights.ModelWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weights verify}: checks that a weight file labels. */
@Command(
    name = "verify",
    description = "Builds the network and labels a built-in photograph of a cat.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    showDefaultValues = true)
final class WeightsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WeightsInput input;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Class names: imagenet, imagenet-1000, inception-2015, or a text file. By default"
              + " numbers.")
  @Names(Names.Kind.CLASS_NAMES)
  private String labels;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description =
          "How the picture becomes the network's input. By default that of the"
              + " model's family.")
  private Optional<String> preprocessing;

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    ModelWeights weights = input.load();
    long loaded = System.nanoTime();
    LabelerSpec.Builder spec = LabelerSpec.builder(weights);
    if (labels != null) {
      spec.labels(LabelNames.of(labels));
    }
    LabelerStream stream = labeler(spec).stream(1);
    long ready = System.nanoTime();
    LabelResult result = stream.label(List.of(picture())).get(0);
    long done = System.nanoTime();
    print(weights, result, new long[] {loaded - start, ready - loaded, done - ready});
    return 0;
  }

  private ImageLabeler labeler(LabelerSpec.Builder spec) {
    try {
      preprocessing.ifPresent(spec::preprocessing);
      return ImageLabeler.create(spec.build());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static byte[] picture() throws IOException {
    try (InputStream in = WeightsVerifyCommand.class.getResourceAsStream("cat.jpg")) {
      return in.readAllBytes();
    }
  }

  private void print(ModelWeights weights, LabelResult result, long[] nanoseconds) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(Locale.ROOT, "%s: %s, %s%n", input, weights.format(), weights.traits().family());
    out.printf(
        Locale.ROOT,
        "read in %.2f s, network ready %.2f s later, first image %.2f s%n",
        nanoseconds[0] / 1e9,
        nanoseconds[1] / 1e9,
        nanoseconds[2] / 1e9);
    if (result.top() == null || result.top().isEmpty()) {
      out.printf(Locale.ROOT, "%d features of the cat%n", result.prelogits().length);
    } else {
      out.println("the built-in photograph of a cat:");
      for (Label label : result.top()) {
        out.printf(
            Locale.ROOT, "  %.6f  %4d  %s%n", label.probability(), label.index(), label.label());
      }
    }
    out.flush();
  }
}
