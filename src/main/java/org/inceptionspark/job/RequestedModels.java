package org.inceptionspark.job;

import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.FileBackedCache;
import org.inceptionspark.job.storage.FileVersions;
import org.inceptionspark.job.task.SharedModel;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.weights.ModelWeights;

/**
 * The models that sessions and pipelines of an application request. Equal requests get the same
 * model as long as its files are unchanged; a replaced file is read again. Models that are evicted
 * here stay alive in the plans that use them.
 */
public final class RequestedModels {
  private static final int KEPT = 8;
  private static final FileBackedCache<Key, SharedModel> MODELS = new FileBackedCache<>(KEPT);

  private RequestedModels() {}

  private record Key(String application, ModelRequest request) {}

  /**
   * @throws ConfigurationException if the parts do not fit together, or cannot be read
   * @throws IllegalStateException if the network cannot be built as demanded
   */
  public static SharedModel of(SparkSession spark, ModelRequest request) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Configuration hadoop = spark.sessionState().newHadoopConf();
    return MODELS.get(
        new Key(context.sc().applicationId(), request),
        hadoop,
        read -> share(context, request, hadoop, read));
  }

  private static SharedModel share(
      JavaSparkContext context, ModelRequest request, Configuration hadoop, FileVersions read) {
    LabelerSpec spec = request.load(hadoop, read);
    String fingerprint = spec.weights().fingerprint();
    return SharedModel.of(context, spec, () -> again(request, hadoop, fingerprint));
  }

  /** A query uses the weights that were there when it was planned. */
  private static ModelWeights again(
      ModelRequest request, Configuration hadoop, String fingerprint) {
    ModelWeights weights = request.load(hadoop).weights();
    if (!weights.fingerprint().equals(fingerprint)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "weights %s are others than when this query was made: make it again (fingerprint %.8s, was %.8s)",
              request.weights(),
              weights.fingerprint(),
              fingerprint));
    }
    return weights;
  }
}
