package org.inceptionspark.cli.options;

import java.util.Optional;
import org.inceptionspark.weights.LoadOptions;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.PoolDivisor;
import picocli.CommandLine.Option;

/** Options for what a user knows better than the weight file. */
final class LoadOptionsMixin {
  @Option(
      names = "--moving-averages",
      defaultValue = "ignore",
      paramLabel = "ignore|require|prefer",
      description = "Whether a training checkpoint gives its moving averages.")
  private MovingAverages averages;

  @Option(
      names = "--pool-divisor",
      paramLabel = "existing|window",
      description =
          "What average pools divide by at a map's border: the values that are there, or the whole "
              + "window. Otherwise as the file's kind has it.")
  private Optional<PoolDivisor> poolDivisor;

  @Option(
      names = "--last-pool",
      paramLabel = "average|maximum",
      description = "Pool in the last block. Otherwise as the file's kind has it.")
  private Optional<LastPool> lastPool;

  @Option(
      names = "--state-dict",
      paramLabel = "NAME",
      description =
          "Which network of a torch file with several: the keys that lead to it, such as "
              + "state_dict_ema or model/teacher.")
  private Optional<String> stateDict;

  LoadOptions options() {
    return new LoadOptions(averages, poolDivisor, lastPool, stateDict);
  }
}
