package org.inceptionspark.cli.options;

import picocli.CommandLine.Option;

/** The labels table that a command writes. */
public final class WrittenTable {
  @Option(
      names = {"--output", "--table"},
      required = true,
      paramLabel = "URI",
      description = "Directory of the labels table.")
  @Names(Names.Kind.DATA)
  private String uri;

  public String uri() {
    return uri;
  }
}
