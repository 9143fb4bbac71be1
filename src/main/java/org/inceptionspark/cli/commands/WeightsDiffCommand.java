package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.options.WeightsInput;
import org.inceptionspark.cli.output.Version;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.WeightsDifference;
import org.inceptionspark.weights.WeightsDifference.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights diff}: how two models differ, whatever their files' formats. */
@Command(
    name = "diff",
    description = "Compares two models variable by variable, largest differences first.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    showDefaultValues = true)
final class WeightsDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WeightsInput first;

  @Parameters(index = "1", paramLabel = "OTHER", description = "The weight file to compare with.")
  @Names(Names.Kind.FILE)
  private String second;

  @Option(
      names = "--most",
      defaultValue = "20",
      paramLabel = "N",
      description = "Differing variables to list.")
  private int most;

  @Override
  public Integer call() throws IOException {
    ModelWeights one = first.load();
    ModelWeights other =
        WeightsInput.with(second, path -> ModelWeights.load(path, first.options()));
    PrintWriter out = command.commandLine().getOut();
    if (one.fingerprint().equals(other.fingerprint())) {
      out.println("equal to the bit: fingerprint " + one.fingerprint());
    } else {
      print(WeightsDifference.between(one, other), out);
    }
    out.flush();
    return 0;
  }

  private void print(WeightsDifference difference, PrintWriter out) {
    List<Change> changed =
        difference.variables().stream().filter(each -> each.largest() != 0).toList();
    out.printf(
        Locale.ROOT,
        "%d of %d common variables differ%n",
        changed.size(),
        difference.variables().size());
    if (!changed.isEmpty()) {
      out.printf(Locale.ROOT, "%-12s %-12s variable%n", "relative", "largest");
    }
    changed.stream()
        .limit(most)
        .forEach(
            each ->
                out.printf(
                    Locale.ROOT,
                    "%-12.3g %-12.3g %s%n",
                    each.relative(),
                    each.largest(),
                    each.variable()));
    difference.onlyInFirst().forEach(name -> out.println("only in " + first + ": " + name));
    difference.onlyInSecond().forEach(name -> out.println("only in " + second + ": " + name));
  }
}
