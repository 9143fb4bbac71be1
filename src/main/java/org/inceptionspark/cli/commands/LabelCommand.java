package org.inceptionspark.cli.commands;

import org.inceptionspark.job.table.IfExists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code label}: labels objects in storage and writes a labels table. */
@Command(
    name = "label",
    description =
        "Labels the images below one or more URIs and writes a table with a row for" + " each.",
    footer = {"", "With --clean --output URI instead: deletes what killed runs have left there."})
public final class LabelCommand extends LabellingCommand {
  @Option(
      names = "--if-exists",
      defaultValue = "fail",
      paramLabel = "fail|append",
      description = "What to do if the output already holds a labels table.")
  private IfExists ifExists;

  @Override
  IfExists ifExists() {
    return ifExists;
  }
}
