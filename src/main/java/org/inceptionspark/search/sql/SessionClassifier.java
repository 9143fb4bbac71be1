package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.transfer.SharedValue;
import org.inceptionspark.labeler.Classifier;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;

/**
 * The layers after prelogits of the head or else the model that a session's settings name. Loaded
 * once in an application and broadcast.
 */
public final class SessionClassifier implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<Key, SessionClassifier> LOADED = new ConcurrentHashMap<>();

  private final SharedValue<Serializable> layers;
  private transient Classifier.Stream stream;

  private SessionClassifier(SharedValue<Serializable> layers) {
    this.layers = layers;
  }

  private record Key(String application, boolean head, String source) {}

  /**
   * @throws ConfigurationException if the session names neither, or it cannot be loaded
   */
  static SessionClassifier required() {
    SparkSession session = SparkSession.active();
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    return LOADED.computeIfAbsent(
        key(session, context.sc().applicationId()),
        key ->
            new SessionClassifier(
                SharedValue.of(context, load(key, session.sessionState().newHadoopConf()))));
  }

  private static Key key(SparkSession session, String application) {
    return SessionModel.setting(session, SessionModel.HEAD)
        .map(head -> new Key(application, true, head))
        .or(
            () ->
                SessionModel.setting(session, SessionModel.WEIGHTS)
                    .map(weights -> new Key(application, false, weights)))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT,
                        "logits_of needs the setting %s: a weight file, or %s: a head",
                        SessionModel.WEIGHTS,
                        SessionModel.HEAD)));
  }

  private static Serializable load(Key key, Configuration hadoop) {
    return key.head()
        ? ModelRequest.head(key.source(), hadoop)
        : SessionModel.request(key.source()).load(hadoop).weights();
  }

  /**
   * The logits of an embedding; a task has its own copy of this, and so its own stream.
   *
   * @throws IllegalArgumentException if the embedding has another length than the layers take
   */
  synchronized float[] logits(float[] prelogits) {
    if (stream == null) {
      stream = classifier().stream();
    }
    return stream.logits(prelogits);
  }

  private Classifier classifier() {
    return layers.value() instanceof ClassifierHead head
        ? Classifier.of(head)
        : Classifier.of((ModelWeights) layers.value());
  }
}
