package org.inceptionspark.cli.options;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.output.Secrets;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.weights.ClassifierHead;

/** Options that the learning commands share. */
public final class LearnOptions {
  private LearnOptions() {}

  /**
   * The model whose prelogits a table's rows have. A head does not change them: rows labelled with
   * one have the prelogits of its base.
   *
   * @throws ConfigurationException if the head is of another model than the rows
   */
  public static String base(String model, Optional<String> head, SparkSession spark) {
    return head.map(file -> base(model, file, head(file, spark))).orElse(model);
  }

  private static String base(String model, String file, ClassifierHead head) {
    if (!model.equals(head.model()) && !model.equals(head.base())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "head %s gives rows of model %s from prelogits of model %s, the table's are of model %s",
              Secrets.masked(file),
              head.model(),
              head.base(),
              model));
    }
    return head.base();
  }

  public static ClassifierHead head(String file, SparkSession spark) {
    return ModelRequest.head(file, spark.sessionState().newHadoopConf());
  }
}
