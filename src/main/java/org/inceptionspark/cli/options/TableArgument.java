package org.inceptionspark.cli.options;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Like {@link TableOption}, for commands that used to take the table without its option. */
public final class TableArgument {
  @ArgGroup(multiplicity = "1")
  private Named named;

  /** Two ways to give the table. */
  private static final class Named {
    @Option(
        names = "--table",
        paramLabel = "URI",
        description = "Labels table: a URI, or table:NAME.")
    @Names(Names.Kind.DATA)
    private String option;

    @Parameters(paramLabel = "URI", arity = "0..1", hidden = true)
    @Names(Names.Kind.DATA)
    private String argument;
  }

  public String uri() {
    return named.option != null ? named.option : named.argument;
  }
}
