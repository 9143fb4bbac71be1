package org.inceptionspark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunDrift;
import org.inceptionspark.job.runs.RunRecord;

/**
 * Figures of a night and of the one before it.
 *
 * @param night the partition's date
 * @param before date of the latest earlier partition, if there is one
 * @param totals of the night
 * @param totalsBefore of the one before; empty if there is none
 * @param labels most frequent first, counting the most probable class of each image
 * @param otherLabels number of further labels
 * @param failures the first ones by kind and path
 * @param runs of the night, newest first
 * @param rates images a second of this and earlier nights, oldest first
 */
public record NightFigures(
    String night,
    Optional<String> before,
    Totals totals,
    Totals totalsBefore,
    List<LabelCount> labels,
    long otherLabels,
    List<Failure> failures,
    List<RunRecord> runs,
    List<Rate> rates) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Rows of a night.
   *
   * @param counts rows by outcome, all outcomes present
   * @param bytes of the images
   * @param models fingerprints
   */
  public record Totals(Map<Outcome, Long> counts, long bytes, List<String> models) {
    static final Totals NONE = new Totals(Map.of(), 0, List.of());

    public Totals {
      Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        all.put(outcome, counts.getOrDefault(outcome, 0L));
      }
      counts = all;
    }

    /** Rows of any outcome. */
    public long images() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows without labels. */
    public long errors() {
      return images() - counts.get(Outcome.LABELLED);
    }
  }

  /**
   * A label with its number of images in both nights.
   *
   * @param probability the mean of its images in this night
   */
  public record LabelCount(String label, long images, long imagesBefore, double probability) {}

  /** An image without labels. */
  public record Failure(String path, String kind, String message) {}

  /** Images a second that the runs of a night labelled. */
  public record Rate(String night, double imagesPerSecond) {}

  /** All of it, for programs. */
  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("night", night);
    fields.put("before", before.orElse(null));
    fields.put("totals", totals);
    fields.put("totals_before", before.isPresent() ? totalsBefore : null);
    fields.put("images_per_second", rate().orElse(null));
    fields.put("images_per_second_before", rateBefore().orElse(null));
    fields.put("labels", labels);
    fields.put("other_labels", otherLabels);
    fields.put("failures", failures);
    fields.put("rates", rates);
    fields.put("runs", runs);
    try {
      return JSON.writeValueAsString(fields) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always JSON", e);
    }
  }

  /** The distance of the night from the one before, from the newest run that measured it. */
  public Optional<RunDrift> drift() {
    return runs.stream().map(RunRecord::drift).filter(Objects::nonNull).findFirst();
  }

  /** Images a second in this night, if a run recorded it. */
  public Optional<Double> rate() {
    return rate(night);
  }

  /** The same of the night before. */
  public Optional<Double> rateBefore() {
    return before.flatMap(this::rate);
  }

  private Optional<Double> rate(String date) {
    return rates.stream()
        .filter(rate -> rate.night().equals(date))
        .map(Rate::imagesPerSecond)
        .findFirst();
  }
}
