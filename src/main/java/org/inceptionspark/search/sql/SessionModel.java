package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ModelVariant;
import org.inceptionspark.job.PixelOptions;
import org.inceptionspark.job.RequestedModels;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.task.SharedModel;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerStream;

/** The model in a session's settings when a query is analysed; it is sent with the plan. */
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

  private static final RecentResults RECENT = new RecentResults();

  private final SharedModel model;
  private transient LabelerStream stream;

  private SessionModel(SharedModel model) {
    this.model = model;
  }

  /**
   * @throws ConfigurationException if the session names none, or it cannot be loaded
   */
  static SessionModel required() {
    SparkSession session = SparkSession.active();
    return new SessionModel(RequestedModels.of(session, request(session)));
  }

  private static ModelRequest request(SparkSession session) {
    String weights =
        setting(session, WEIGHTS)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "label_image needs the setting " + WEIGHTS + ": a weight file"));
    PixelOptions pixels =
        new PixelOptions(
            setting(session, ORIENTATION).orElse("apply"),
            setting(session, DECODE).orElse("full"),
            setting(session, PREPROCESSING));
    Optional<String> head = setting(session, HEAD);
    Optional<String> labels =
        head.isPresent() ? Optional.empty() : setting(session, SessionLabels.SETTING);
    return new ModelRequest(weights, ModelVariant.of(pixels, head), ResultOptions.of(labels, TOP));
  }

  /** The weights alone, for functions that depend on nothing else. */
  static ModelRequest request(String weights) {
    return new ModelRequest(weights, ModelVariant.DEFAULT, ResultOptions.of(Optional.empty(), TOP));
  }

  static Optional<String> setting(SparkSession session, String name) {
    return Optional.of(session.conf().get(name, "")).filter(value -> !value.isEmpty());
  }

  /** The identity of the numbers, as in the table's column {@code model}. */
  String fingerprint() {
    return model.fingerprint();
  }

  /** Labels an image, once however often a query asks for it. */
  LabelResult label(byte[] image) {
    return RECENT.of(model.id(), image, this::compute);
  }

  /** The number of images that this JVM has computed for SQL. */
  static long computed() {
    return RECENT.computed();
  }

  /**
   * Each task has its own copy of this object, and so its own stream. Spark may also compute on the
   * driver, with the copy in the plan, which keeps no stream.
   */
  private synchronized LabelResult compute(byte[] image) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return model.lend(1, lent -> lent.label(List.of(image)).get(0));
    }
    if (stream == null) {
      stream = model.stream(task, 1);
    }
    return stream.label(List.of(image)).get(0);
  }

  /** Equal for the same model and options, so that Spark recognises equal plans. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SessionModel session && model.id().equals(session.model.id());
  }

  @Override
  public int hashCode() {
    return model.id().hashCode();
  }
}
