package org.inceptionspark.cli.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.InputCheck;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.InputList;
import org.inceptionspark.job.listing.InputTable;
import org.inceptionspark.job.listing.Inventory;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PackedFiles;
import org.inceptionspark.job.listing.PackedNames;
import org.inceptionspark.job.storage.HiddenNames;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for where the images are; one of the first of them is required. */
public final class SourceOptions {
  private static final String NO_PACKED = "none";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Directories or objects to label, recursively, and the images in packed files (tar, zip,"
              + " TFRecord, sequence files); in a --config file separated by commas.")
  @Names(Names.Kind.DATA)
  private List<String> input;

  @Option(
      names = "--input-list",
      paramLabel = "URI",
      description =
          "Instead of --input: a list of objects, as CSV, JSON lines, text, Parquet or a table's"
              + " name.")
  @Names(Names.Kind.DATA)
  private Optional<String> inputList;

  @Option(
      names = "--inventory",
      paramLabel = "URI",
      description =
          "The manifest.json of an S3 Inventory, to take the objects from instead of listing"
              + " them; --input then restricts the bucket's prefixes.")
  @Names(Names.Kind.DATA)
  private Optional<String> inventory;

  @Option(
      names = "--input-table",
      paramLabel = "URI",
      description =
          "Instead of --input: a table with the images themselves, as files or by its name.")
  @Names(Names.Kind.DATA)
  private Optional<String> inputTable;

  @Option(
      names = "--image-column",
      paramLabel = "NAME",
      description = "Column of --input-table with the bytes, or struct<bytes, path>.")
  private Optional<String> imageColumn;

  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description = "Column of --input-list with the URIs, or of --input-table with the names.")
  private Optional<String> pathColumn;

  @Option(
      names = "--path-base",
      paramLabel = "URI",
      description =
          "What relative paths of --input-list are relative to. By default the list's directory.")
  @Names(Names.Kind.DATA)
  private Optional<String> pathBase;

  @Option(
      names = "--glob",
      defaultValue = "*",
      paramLabel = "PATTERN",
      description = "Labels only objects whose name matches, such as *.{jpg,png}.")
  private String glob;

  @Option(
      names = "--packed",
      defaultValue = PackedNames.USUAL,
      paramLabel = "PATTERN|none",
      description = "Names of packed files, which are opened if their bytes are those of one.")
  private String packed;

  @Option(
      names = "--hidden-names",
      defaultValue = "skip",
      paramLabel = "skip|read",
      description =
          "What to do with names that begin with _ or ., which Spark's own readers skip; the"
              + " summary counts them.")
  private HiddenNames.Choice hiddenNames;

  /**
   * @param written URIs of what the run itself writes, which is not listed
   * @throws ParameterException unless there is exactly one source, with options that belong to it
   */
  public ImageSource source(SparkSession spark, List<String> written) throws IOException {
    require();
    if (inputTable.isPresent()) {
      return InputTable.of(spark, inputTable.get(), imageColumn, pathColumn);
    }
    if (inputList.isPresent()) {
      return packed(spark, InputList.of(spark, inputList.get(), pathColumn, pathBase), Set.of());
    }
    ListObjects listing =
        ListObjects.using(spark)
            .inputs(input == null ? List.of() : inputs())
            .output(written)
            .glob(packed.equals(NO_PACKED) ? glob : PackedNames.orPacked(glob, packed))
            .hiddenNames(hiddenNames);
    if (inventory.isPresent()) {
      return packed(spark, Inventory.of(spark, inventory.get(), listing), Set.of());
    }
    ImageSource objects = ImageSource.listing(listing);
    if (inputs().size() == 1) {
      InputCheck.requireNoList(
          List.copyOf(listing.objects()), spark.sessionState().newHadoopConf());
    }
    return packed(spark, objects, listing.objects());
  }

  private ImageSource packed(SparkSession spark, ImageSource objects, Set<String> named) {
    return packed.equals(NO_PACKED)
        ? objects
        : PackedFiles.in(
            spark, objects, new PackedNames(packed, new TreeSet<>(named), glob, hiddenNames));
  }

  /** To be called before a session is started. */
  public void require() {
    List<String> given = new ArrayList<>();
    if (inventory.isPresent()) {
      given.add("--inventory");
    } else if (input != null && !input.isEmpty()) {
      given.add("--input");
    }
    inputList.ifPresent(list -> given.add("--input-list"));
    inputTable.ifPresent(table -> given.add("--input-table"));
    if (given.isEmpty()) {
      throw wrong(
          "Missing required option: '--input=URI', or --input-list, --input-table, --inventory");
    }
    if (given.size() > 1) {
      throw wrong("one source is needed, found " + String.join(" and ", given));
    }
    requireFor(imageColumn, "--image-column", inputTable.isPresent(), "--input-table");
    requireFor(pathBase, "--path-base", inputList.isPresent(), "--input-list");
    requireFor(
        pathColumn,
        "--path-column",
        inputTable.isPresent() || inputList.isPresent(),
        "--input-list or --input-table");
  }

  private void requireFor(Optional<String> value, String option, boolean suits, String source) {
    if (value.isPresent() && !suits) {
      throw wrong(option + " is for " + source);
    }
  }

  private ParameterException wrong(String message) {
    CommandLine line = command.commandLine();
    return new ParameterException(line, message);
  }

  /** A name on the command line may contain commas; the file has all names on one line. */
  private List<String> inputs() {
    boolean fromFile = !command.commandLine().getParseResult().hasMatchedOption("--input");
    return fromFile
        ? input.stream().flatMap(line -> List.of(line.split("\\s*,\\s*")).stream()).toList()
        : input;
  }
}
