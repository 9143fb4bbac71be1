package org.inceptionspark.cli.commands;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inceptionspark.cli.options.Sessions;
import org.inceptionspark.cli.options.WrittenTable;
import org.inceptionspark.job.CompactTable;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.LabelsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compact}: merges the small files of old nights. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Merges the small files of old nights into files of the wanted size.",
      "Rows do not change. Best run while nobody reads the table: for a moment a reader can"
          + " miss rows of such a night, or hit a file that is gone.",
      "Exit: 0 done, 1 wrong usage, 2 failed, or another run is writing to the table."
    })
public final class CompactCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1L << 20;

  @Spec private CommandSpec command;

  @Mixin private WrittenTable table;

  @Option(
      names = "--before",
      paramLabel = "YYYY-MM-DD",
      description = "Only nights before this one. By default today, UTC.")
  private LocalDate before = LocalDate.now(ZoneOffset.UTC);

  @Option(
      names = "--file-size",
      defaultValue = "" + FileSizes.DEFAULT_MEGABYTES,
      paramLabel = "MB",
      description = "Wanted size of files; those below half of it are small.")
  private long fileSize;

  @Override
  public Integer call() throws IOException {
    LabelsTable.Compacted result =
        CompactTable.using(Sessions.start(command.commandLine()))
            .table(table.uri())
            .before(before)
            .fileBytes(fileSize * MEGABYTE)
            .execute();
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Compacted nights: %d; small files: %d before, %d now.%n",
            result.nights(),
            result.filesBefore(),
            result.filesAfter());
    return 0;
  }
}
