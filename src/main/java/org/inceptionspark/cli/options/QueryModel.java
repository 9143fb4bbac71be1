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
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.search.neighbours.Queries;
import org.inceptionspark.search.neighbours.Query;
import org.inceptionspark.search.scan.TableModels;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a query's model, and how a query's name becomes an embedding. */
public final class QueryModel {
  @Option(
      names = "--model",
      paramLabel = "FINGERPRINT",
      description =
          "The model whose row of the path is the query. By default that of the" + " newest row.")
  private Optional<String> model;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weight file of the table's model, for a query that is an image. The options below"
              + " must be"
              + " those that the table was made with.")
  @Names(Names.Kind.FILE)
  private Optional<String> weights;

  @Mixin private ModelVariantMixin variant;

  public Optional<String> model() {
    return model;
  }

  /**
   * The embedding in the row of a path of the table, or of the end of one, or else of an image by
   * the model. An existing file is never mistaken for the end of another path.
   *
   * @throws ConfigurationException if it is neither, or the weights are of another model
   */
  public Query query(Dataset<Row> labels, String table, String name) throws IOException {
    String here = "file:" + Path.of(name).toAbsolutePath().normalize();
    Optional<String> path = Queries.path(labels, name, here);
    boolean another = path.isPresent() && !List.of(name, here).contains(path.get());
    if (path.isPresent() && !(another && Files.exists(Path.of(name)))) {
      Optional<Query> stored = Queries.stored(labels, path.get(), model);
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    return image(labels, table, name);
  }

  private Query image(Dataset<Row> labels, String table, String name) {
    if (weights.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "query %s is not the path of a labelled row of %s; to search by an image that is not"
                  + " in the table, give --weights",
              name,
              table));
    }
    Configuration hadoop = labels.sparkSession().sessionState().newHadoopConf();
    LabelerSpec spec =
        new ModelRequest(weights.get(), variant.variant(), ResultOptions.of(Optional.empty(), 1))
            .load(hadoop);
    TableModels.of(labels).require(spec.fingerprint(), "--weights " + weights.get());
    return Queries.image(name, spec, hadoop);
  }
}
