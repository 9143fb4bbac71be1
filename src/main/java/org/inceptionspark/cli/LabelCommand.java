package org.inceptionspark.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.IfExists;
import org.inceptionspark.job.ImageSource;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.LabelImagesResult;
import org.inceptionspark.job.ListObjects;
import org.inceptionspark.job.ModelRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code label}: objects in storage to a labels table. */
@Command(
    name = "label",
    description = "Labels the images below one or more URIs and writes a table, a row for each.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
final class LabelCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(LabelCommand.class);

  @Spec private CommandSpec command;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Directories or objects to label, recursively; in a --config file separated by commas.")
  private List<String> input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Directory of the labels table.")
  private String output;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Weight file, path or URI: a TF-Slim checkpoint, a TF.js model.json, ...")
  private String weights;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Class names: imagenet, imagenet-1000, or a text file, path or URI. Otherwise numbers.")
  private Optional<String> labels;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "A head by train-head, path or URI, in place of the model's own classes.")
  private Optional<String> head;

  @Option(
      names = "--top",
      defaultValue = "5",
      paramLabel = "N",
      description = "Labels to keep for each image.")
  private int top;

  @Option(
      names = "--end-points",
      split = ",",
      paramLabel = "NAME",
      description = "Further end points to keep, by TF-Slim's names, each in a column of its name.")
  private List<String> endPoints = List.of();

  @Option(
      names = "--orientation",
      defaultValue = "apply",
      paramLabel = "apply|ignore",
      description = "Whether EXIF orientation turns pictures upright; TensorFlow ignores it.")
  private String orientation;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description = "How pictures become the network's input. Otherwise as the model was trained.")
  private Optional<String> preprocessing;

  @Mixin private LoadOptionsMixin loading;

  @Option(
      names = "--max-pixels",
      defaultValue = ModelRequest.DEFAULT_MAX_PIXELS,
      paramLabel = "N",
      description = "Larger pictures are TOO_LARGE.")
  private long maxPixels;

  @Option(
      names = "--glob",
      defaultValue = "*",
      paramLabel = "PATTERN",
      description = "Labels only objects whose name fits, such as *.{jpg,png}.")
  private String glob;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "N",
      description = "Images that pass through the network together.")
  private int batch;

  @Option(
      names = "--kernels",
      defaultValue = "auto",
      paramLabel = "auto|vector|scalar|exact",
      description =
          "Implementation of the arithmetic; the first three give the same numbers. exact does"
              + " without minimal filters: nearer to TensorFlow's, half as fast, another model.")
  private String kernels;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description = "The table's partition. Otherwise today, UTC.")
  private LocalDate runDate = LocalDate.now(ZoneOffset.UTC);

  @Option(
      names = "--if-exists",
      defaultValue = "fail",
      paramLabel = "fail|append",
      description = "What to do if the output holds a labels table.")
  private IfExists ifExists;

  @Option(
      names = "--max-error-rate",
      defaultValue = "1",
      paramLabel = "SHARE",
      description = "Exit code 3 if a larger share of images has no labels, from 0 to 1.")
  private double maxErrorRate;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with these options' names, without dashes, as keys.")
  private Path config;

  @Override
  public Integer call() throws IOException {
    requireRange("--top", top);
    requireRange("--batch", batch);
    requireRange("--max-pixels", maxPixels);
    if (!(maxErrorRate >= 0 && maxErrorRate <= 1)) {
      throw wrong("--max-error-rate must be from 0 to 1, found " + maxErrorRate);
    }
    Map<String, String> options = EffectiveOptions.of(command);
    LOG.info("options {} from the command line, {} and defaults", options, config);
    SparkSession spark = session();
    try (ProgressLine progress = ProgressLine.to(command.commandLine().getErr())) {
      LabelImagesResult result = job(spark, options).progress(progress::update).execute();
      progress.close();
      command.commandLine().getErr().print(Summary.of(result, output));
      return exitCode(result);
    }
  }

  private LabelImages job(SparkSession spark, Map<String, String> options) throws IOException {
    ModelRequest model =
        new ModelRequest(
            weights,
            loading.options(),
            labels,
            top,
            endPoints,
            orientation,
            maxPixels,
            preprocessing,
            kernels,
            head);
    return LabelImages.using(spark)
        .model(model.load(spark.sessionState().newHadoopConf()))
        .images(ImageSource.objects(ListObjects.using(spark).inputs(inputs()).glob(glob).execute()))
        .output(output)
        .runDate(runDate)
        .ifExists(ifExists)
        .batch(batch)
        .options(options);
  }

  private SparkSession session() {
    SparkConf conf = JobDefaults.applyTo(new SparkConf());
    conf.setIfMissing("spark.app.name", "inception-spark label");
    if (!conf.contains("spark.master") && SparkSession.getDefaultSession().isEmpty()) {
      throw wrong("no Spark master is set: start with jobs/label.sh or spark-submit");
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** A name on the command line may have commas; the file has but one line. */
  private List<String> inputs() {
    boolean fromFile = !command.commandLine().getParseResult().hasMatchedOption("--input");
    return fromFile
        ? input.stream().flatMap(line -> List.of(line.split("\\s*,\\s*")).stream()).toList()
        : input;
  }

  private int exitCode(LabelImagesResult result) {
    if (result.errorRate() <= maxErrorRate) {
      return 0;
    }
    String found =
        String.format(
            Locale.ROOT,
            "%d of %d images have no labels, more than --max-error-rate %s allows",
            result.errors(),
            result.images(),
            maxErrorRate);
    command.commandLine().getErr().println(FailureLine.of(command.commandLine(), found));
    return Main.TOO_MANY_ERRORS;
  }

  private void requireRange(String option, long value) {
    if (value < 1) {
      throw wrong(option + " must be at least 1, found " + value);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
