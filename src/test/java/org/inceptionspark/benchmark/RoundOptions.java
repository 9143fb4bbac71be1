package org.inceptionspark.benchmark;

import picocli.CommandLine.Option;

/** How often engines run that are timed in turn. */
final class RoundOptions {
  @Option(names = "--batch", defaultValue = "8", description = "Images a run (${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--rounds", defaultValue = "15", description = "Timed runs (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "8", description = "Runs before (${DEFAULT-VALUE}).")
  private int warmUp;

  int batch() {
    return batch;
  }

  int rounds() {
    return rounds;
  }

  int warmUp() {
    return warmUp;
  }
}
