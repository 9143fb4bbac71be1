package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labels.LabelNames;

/**
 * The names of classes from a session's setting {@value #SETTING}, or from its head; without
 * either, class numbers. Read when a query is analysed, and sent to executors with it.
 */
public final class SessionLabels implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * {@code imagenet}, {@code imagenet-1000}, or path or URI of a text file with one name per line.
   */
  static final String SETTING = "spark.inceptionspark.labels";

  private final LabelNames names;

  SessionLabels(LabelNames names) {
    this.names = names;
  }

  /** The names of the session that analyses a query; by default numbers. */
  static SessionLabels optional() {
    SparkSession session = SparkSession.active();
    Configuration hadoop = session.sessionState().newHadoopConf();
    Optional<LabelNames> ofHead =
        SessionModel.setting(session, SessionModel.HEAD)
            .map(head -> LabelNames.of("of the head", ModelRequest.head(head, hadoop).names()));
    return new SessionLabels(
        ofHead
            .or(
                () ->
                    SessionModel.setting(session, SETTING)
                        .map(source -> ModelRequest.names(source, hadoop)))
            .orElse(null));
  }

  /**
   * @throws ConfigurationException if the session names none
   */
  static SessionLabels required() {
    SessionLabels labels = optional();
    if (labels.names == null) {
      throw new ConfigurationException(
          "label_name needs the setting " + SETTING + ": imagenet, imagenet-1000 or a file");
    }
    return labels;
  }

  LabelNames names() {
    return names;
  }

  /**
   * The names for this many logits.
   *
   * @throws IllegalArgumentException if the session has more or fewer names
   */
  LabelNames namesOf(int classes) {
    if (names == null) {
      return LabelNames.numbered(classes);
    }
    names.requireClasses(classes);
    return names;
  }

  /** Null without names. Where they come from does not tell them apart: a file may be edited. */
  private List<String> all() {
    return names == null ? null : names.names();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionLabels labels && Objects.equals(all(), labels.all());
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(all());
  }

  @Override
  public String toString() {
    return names == null ? "numbers" : names.toString();
  }
}
