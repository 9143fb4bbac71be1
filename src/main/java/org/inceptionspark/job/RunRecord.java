package org.inceptionspark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is known of a run from its start.
 *
 * @param runId time and a random part: sorts by time, never clashes
 * @param options as given and as defaulted, without secrets
 */
record RunRecord(
    String runId,
    Instant started,
    String model,
    String output,
    LocalDate runDate,
    String applicationId,
    Map<String, String> options) {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static RunRecord start(
      String model,
      String output,
      LocalDate runDate,
      String applicationId,
      Map<String, String> options) {
    Instant now = Instant.now();
    String id = ID_TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
    return new RunRecord(id, now, model, output, runDate, applicationId, options);
  }

  LabelImagesResult result(Map<Outcome, Long> counts, long bytes) {
    double seconds = started.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0;
    return new LabelImagesResult(runId, model, counts, bytes, seconds);
  }

  String toJson(LabelImagesResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run_id", runId);
    fields.put("run_date", runDate.toString());
    fields.put("started", started.toString());
    fields.put("seconds", result.seconds());
    fields.put("images", result.images());
    fields.put("images_per_second", result.imagesPerSecond());
    fields.put("bytes", result.bytes());
    fields.put("counts", result.counts());
    fields.put("model", model);
    fields.put("output", output);
    fields.put("application_id", applicationId);
    fields.put("options", new TreeMap<>(options));
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run record: " + e.getOriginalMessage(), e);
    }
  }
}
