package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.FileBackedCache;
import org.inceptionspark.job.storage.FileVersions;
import org.inceptionspark.job.transfer.SharedValue;
import org.inceptionspark.labeler.Classifier;
import org.inceptionspark.labeler.ClassifierLayers;

/**
 * The layers after prelogits: those of the head in a session's settings, or else of the model. Read
 * once in an application, unless the file changes, and broadcast.
 */
public final class SessionClassifier implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int KEPT = 8;
  private static final FileBackedCache<Key, SharedValue<ClassifierLayers>> LAYERS =
      new FileBackedCache<>(KEPT);

  private final Key key;
  private final SharedValue<ClassifierLayers> layers;
  private transient Classifier.Stream stream;

  private SessionClassifier(Key key, SharedValue<ClassifierLayers> layers) {
    this.key = key;
    this.layers = layers;
  }

  private record Key(String application, boolean head, String source) implements Serializable {}

  /**
   * @throws ConfigurationException if the session names neither, or it cannot be loaded
   */
  static SessionClassifier required() {
    SparkSession session = SparkSession.active();
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    Configuration hadoop = session.sessionState().newHadoopConf();
    Key key = key(session, context.sc().applicationId());
    return new SessionClassifier(
        key, LAYERS.get(key, hadoop, read -> SharedValue.of(context, load(key, hadoop, read))));
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

  private static ClassifierLayers load(Key key, Configuration hadoop, FileVersions read) {
    return key.head()
        ? ClassifierLayers.of(ModelRequest.head(key.source(), hadoop, read))
        : ClassifierLayers.of(SessionModel.request(key.source()).load(hadoop, read).weights());
  }

  /**
   * The logits of an embedding; each task has its own copy of this object, and so its own stream.
   *
   * @throws IllegalArgumentException if the embedding has the wrong length for the layers
   */
  synchronized float[] logits(float[] prelogits) {
    if (stream == null) {
      stream = Classifier.of(layers.value()).stream();
    }
    return stream.logits(prelogits);
  }

  /** Equal for the same layers, so that Spark recognises equal plans. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SessionClassifier classifier
        && key.equals(classifier.key)
        && layers.equals(classifier.layers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, layers);
  }
}
