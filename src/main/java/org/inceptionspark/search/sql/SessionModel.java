package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.task.SharedModel;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.LabelerStream;
import org.inceptionspark.weights.LoadOptions;

/**
 * The model that a session's settings name. It is loaded once in an application, when a query first
 * needs it, and sent to the executors as the labelling job sends its own: each JVM builds one
 * network.
 */
public final class SessionModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Path or URI of a weight file. */
  static final String WEIGHTS = "spark.inceptionspark.weights";

  /** Path or URI of a head in place of the model's own last layer. */
  static final String HEAD = "spark.inceptionspark.head";

  private static final String ORIENTATION = "spark.inceptionspark.orientation";
  private static final String DECODE = "spark.inceptionspark.decode";
  private static final String PREPROCESSING = "spark.inceptionspark.preprocessing";
  private static final int TOP = 5;

  private static final Map<Key, SessionModel> LOADED = new ConcurrentHashMap<>();

  private static final RecentResults RECENT = new RecentResults();

  private final String id = UUID.randomUUID().toString();
  private final String fingerprint;
  private final SharedModel model;
  private transient LabelerStream stream;

  private SessionModel(LabelerSpec spec, JavaSparkContext context) {
    fingerprint = spec.fingerprint();
    model = SharedModel.broadcast(context, spec);
  }

  /** A broadcast does not outlive its application. */
  private record Key(String application, ModelRequest request) {}

  /**
   * @throws ConfigurationException if the session names none, or it cannot be loaded
   */
  static SessionModel required() {
    SparkSession session = SparkSession.active();
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    return LOADED.computeIfAbsent(
        new Key(context.sc().applicationId(), request(session)),
        key ->
            new SessionModel(key.request().load(session.sessionState().newHadoopConf()), context));
  }

  private static ModelRequest request(SparkSession session) {
    Optional<String> head = setting(session, HEAD);
    return new ModelRequest(
        setting(session, WEIGHTS)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "label_image needs the setting " + WEIGHTS + ": a weight file")),
        LoadOptions.DEFAULT,
        head.isPresent() ? Optional.empty() : setting(session, SessionLabels.SETTING),
        TOP,
        List.of(),
        setting(session, ORIENTATION).orElse("apply"),
        setting(session, DECODE).orElse("full"),
        LabelerSpec.DEFAULT_MAX_PIXELS,
        setting(session, PREPROCESSING),
        "auto",
        head);
  }

  /** A weight file as it is, for what depends on nothing else. */
  static ModelRequest request(String weights) {
    return new ModelRequest(
        weights,
        Optional.empty(),
        TOP,
        List.of(),
        "apply",
        LabelerSpec.DEFAULT_MAX_PIXELS,
        Optional.empty(),
        "auto");
  }

  static Optional<String> setting(SparkSession session, String name) {
    return Optional.of(session.conf().get(name, "")).filter(value -> !value.isEmpty());
  }

  /** The identity of the numbers, as in the table's column {@code model}. */
  String fingerprint() {
    return fingerprint;
  }

  /** Labels one image, once however often a query asks. */
  LabelResult label(byte[] image) {
    return RECENT.of(id, image, this::compute);
  }

  /** How many images this JVM has computed for SQL. */
  static long computed() {
    return RECENT.computed();
  }

  /** Each task has its own copy of this, and so its own stream. */
  private synchronized LabelResult compute(byte[] image) {
    if (stream == null) {
      stream = model.stream(1);
    }
    return stream.label(List.of(image)).get(0);
  }
}
