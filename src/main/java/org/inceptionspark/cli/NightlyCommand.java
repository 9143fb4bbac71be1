package org.inceptionspark.cli;

import org.inceptionspark.job.IfExists;
import picocli.CommandLine.Command;

/** {@code nightly}: what is new in storage to a labels table that grows. */
@Command(
    name = "nightly",
    description =
        "Labels the images that a table does not hold yet for this model, and adds their rows.",
    footer = {
      "",
      "Labelled are new objects, changed ones, and those that could not be read; images with other "
          + "errors not again. Rows of the same bytes under another name are taken over."
    })
final class NightlyCommand extends LabellingCommand {
  @Override
  IfExists ifExists() {
    return IfExists.APPEND;
  }
}
