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
      description = "Whether to take the moving averages of a training checkpoint.")
  private MovingAverages averages;

  @Option(
      names = "--pool-divisor",
      paramLabel = "existing|window",
      description =
          "What average pools divide by at a map's border: the existing values, or the whole"
              + " window. By default that of the file's kind.")
  private Optional<PoolDivisor> poolDivisor;

  @Option(
      names = "--last-pool",
      paramLabel = "average|maximum",
      description = "Pool in the last block. By default that of the file's kind.")
  private Optional<LastPool> lastPool;

  @Option(
      names = "--state-dict",
      paramLabel = "NAME",
      description =
          "The network in a torch file with several: the keys that lead to it, such as"
              + " state_dict_ema or model/teacher.")
  private Optional<String> stateDict;

  LoadOptions options() {
    return new LoadOptions(averages, poolDivisor, lastPool, stateDict);
  }
}
