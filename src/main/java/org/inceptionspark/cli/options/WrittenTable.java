package org.inceptionspark.cli.options;

import picocli.CommandLine.Option;

/** The labels table that a command writes. */
public final class WrittenTable {
  @Option(
      names = {"--output", "--table"},
      required = true,
      paramLabel = "URI",
      description = "Labels table: a directory, or table:NAME for one in a catalog.")
  @Names(Names.Kind.DATA)
  private String uri;

  public String uri() {
    return uri;
  }
}
