package org.inceptionspark.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.search.neighbours.Queries;
import org.inceptionspark.search.neighbours.Query;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model a query is of, and the way from its name to its embedding. */
public final class QueryModel {
  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description = "Which model's row of the path to start from. Otherwise the newest row.")
  private Optional<String> model;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weight file of the table's model, for a query that is an image. The options below must be"
              + " those that the table was made with.")
  @Names(Names.Kind.FILE)
  private Optional<String> weights;

  @Mixin private ModelVariant variant;

  public Optional<String> model() {
    return model;
  }

  /**
   * The row of a path of the table, or else an image put through the model.
   *
   * @throws ConfigurationException if it is neither, or the weights are of another model
   */
  public Query query(Dataset<Row> labels, String table, String name) throws IOException {
    Optional<Query> stored = Queries.stored(labels, name, model);
    if (stored.isEmpty() && Files.exists(Path.of(name))) {
      String uri = "file:" + Path.of(name).toAbsolutePath().normalize();
      stored = Queries.stored(labels, uri, model);
    }
    return stored.isPresent() ? stored.get() : image(labels, table, name);
  }

  private Query image(Dataset<Row> labels, String table, String name) {
    if (weights.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "query %s is no path of a labelled row of %s; to search by an image that is not in the table, give --weights",
              name,
              table));
    }
    Configuration hadoop = labels.sparkSession().sessionState().newHadoopConf();
    LabelerSpec spec =
        variant
            .of(weights.get(), Optional.empty(), 1, List.of(), LabelerSpec.DEFAULT_MAX_PIXELS)
            .load(hadoop);
    TableModels.of(labels).require(spec.fingerprint(), "--weights " + weights.get());
    return Queries.image(name, spec, hadoop);
  }
}
