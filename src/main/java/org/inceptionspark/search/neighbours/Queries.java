package org.inceptionspark.search.neighbours;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.job.table.RowPlace;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.search.scan.EmbeddingFile;
import org.inceptionspark.search.scan.StoredImages;

/** Embeddings to search by: of rows of a table, and of images that are not in one. */
public final class Queries {
  private Queries() {}

  /**
   * The path in the table that a name means: an equal one, the URI of a file of this machine,
   * whether or not it still exists, or else the only one that ends with {@code /} and the name.
   *
   * @param table read from Parquet
   * @param here the URI of the name as a file of this machine
   * @throws ConfigurationException if several paths end with it
   */
  public static Optional<String> path(Dataset<Row> table, String name, String here) {
    Column path = col("path");
    Column ending = path.endsWith("/" + name.replaceFirst("^(\\./|/)+", ""));
    List<String> found =
        table
            .where(path.isin(name, here).or(ending))
            .select("path")
            .distinct()
            .orderBy(path.equalTo(name).desc(), path.equalTo(here).desc(), path)
            .limit(2)
            .as(Encoders.STRING())
            .collectAsList();
    boolean whole = !found.isEmpty() && List.of(name, here).contains(found.get(0));
    if (!whole && found.size() > 1) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "query %s is the end of several paths, such as %s and %s: give more of it",
              name,
              found.get(0),
              found.get(1)));
    }
    return found.stream().findFirst();
  }

  /**
   * The embedding of an image of the table: of its newest row, if that has labels.
   *
   * @param table read from Parquet
   * @param model only a row of this model
   */
  public static Optional<Query> stored(Dataset<Row> table, String path, Optional<String> model)
      throws IOException {
    Dataset<Row> rows = table.where(col("path").equalTo(path));
    if (model.isPresent()) {
      rows = rows.where(col("model").equalTo(model.get()));
    }
    RowPlace place =
        RowPlace.of(table)
            .orElseThrow(
                () ->
                    new ConfigurationException("the table does not say where its rows are stored"));
    List<Row> found =
        NewestRows.ofNarrow(
                rows.select(
                    place.file().as("file_path"),
                    place.position().as("row_index"),
                    col("run_date"),
                    col("modified"),
                    col("model"),
                    col("path"),
                    col("error"),
                    col("sha256")))
            .where(col("error").isNull())
            .select(
                col("file_path"),
                col("row_index"),
                expr("unix_date(run_date)"),
                expr("unix_micros(modified)"),
                col("model"))
            .collectAsList();
    Optional<Row> newest =
        found.stream()
            .max(
                Comparator.comparing((Row row) -> row.getInt(2))
                    .thenComparing(row -> row.getLong(3))
                    .thenComparing(row -> row.getString(4)));
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Configuration hadoop = table.sparkSession().sessionState().newHadoopConf();
    float[] values = embedding(newest.get().getString(0), newest.get().getLong(1), hadoop);
    return Optional.of(new Query(path, newest.get().getString(4), values));
  }

  private static float[] embedding(String uri, long position, Configuration hadoop)
      throws IOException {
    float[][] found = new float[1][];
    try (EmbeddingFile file = EmbeddingFile.open(uri, hadoop)) {
      file.read(new long[] {position}, (index, values) -> found[index] = values);
    }
    return found[0];
  }

  /**
   * Embeds an image on the driver.
   *
   * @param uri a path on this machine, or any URI that Hadoop can read
   * @throws ConfigurationException if there is no image that can be embedded
   */
  public static Query image(String uri, LabelerSpec model, Configuration hadoop) {
    LabelResult result =
        ImageLabeler.create(model).stream(1).label(List.of(bytes(uri, hadoop))).get(0);
    if (result.error() != null) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "query %s: %s: %s",
              uri,
              result.error().kind(),
              result.error().message()));
    }
    return new Query(uri, model.fingerprint(), result.prelogits());
  }

  private static byte[] bytes(String uri, Configuration hadoop) {
    try {
      return new StoredImages(hadoop).bytes(uri);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("query " + uri + ": " + StorageFailure.describe(e), e);
    }
  }
}
