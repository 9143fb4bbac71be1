package org.inceptionspark.job.runs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.inceptionspark.job.listing.PassedOver;

/**
 * What a run did, as {@code _runs/<run_id>.json} says it. Written when the run has its plan, after
 * each commit, and at the end, even of a failed run, so that the counts are always those of the
 * table:
 *
 * <pre>listed = skipped + reused + images + left
 * images = counts of LABELLED and of each kind of error</pre>
 *
 * @param runId time and a random part: sorts by time, never clashes
 * @param failure one line, null unless {@code status} is FAILED
 * @param runDate the table's partition, {@code 2026-01-31}
 * @param started in UTC, {@code 2026-01-31T02:00:00.123Z}
 * @param seconds from the start to now or the end
 * @param labellingSeconds of those, spent in commits with computed rows
 * @param listed matching objects below the inputs
 * @param skipped of those, already in the table
 * @param reused of those, with a row copied from an image with the same bytes
 * @param left of those, still to be labelled: none after a complete run without a limit
 * @param passedOver what the listing saw and left out, by reason
 * @param images rows that were computed and committed, whatever their outcome
 * @param askedAgain of those, objects that an earlier night could not read
 * @param failedAgain of those, again unreadable
 * @param counts images by outcome, all outcomes present
 * @param bytes of those images, as listed
 * @param imagesPerSecond of labelling
 * @param commits that added rows
 * @param cores of the cluster when labelling began
 * @param committer as named in {@code _SUCCESS}, such as {@code magic}; null before the first
 *     commit
 * @param model fingerprint
 * @param options as given and as defaulted, without secrets
 * @param drift from the night before; null if not requested
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRecord(
    String runId,
    RunStatus status,
    String failure,
    String runDate,
    String started,
    double seconds,
    double labellingSeconds,
    long listed,
    long skipped,
    long reused,
    long left,
    PassedOver passedOver,
    long images,
    long askedAgain,
    long failedAgain,
    Map<Outcome, Long> counts,
    long bytes,
    double imagesPerSecond,
    int commits,
    int cores,
    String committer,
    String model,
    String output,
    String applicationId,
    Map<String, String> options,
    RunDrift drift) {
  /** Outcomes of later versions have no name here; a record without a status is none. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

  public RunRecord {
    Objects.requireNonNull(status, "status");
    passedOver = passedOver == null ? PassedOver.NOTHING : passedOver;
    counts = allOutcomes(counts == null ? Map.of() : counts);
    options = options == null ? Map.of() : new TreeMap<>(options);
  }

  private static Map<Outcome, Long> allOutcomes(Map<Outcome, Long> given) {
    Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome, given.getOrDefault(outcome, 0L));
    }
    return all;
  }

  /** Images without labels. */
  public long errors() {
    return images - counts.get(Outcome.LABELLED);
  }

  /** Images, computed or copied, without those that an earlier night could not read. */
  public long newImages() {
    return images - askedAgain + reused;
  }

  /** New images without labels. */
  public long newErrors() {
    return errors() - failedAgain;
  }

  /** Share of new images without labels; 0 if there are none. */
  public double errorRate() {
    return newImages() <= 0 ? 0 : (double) newErrors() / newImages();
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run record: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws IOException if these bytes are not a record
   */
  public static RunRecord ofJson(byte[] json) throws IOException {
    return JSON.readValue(json, RunRecord.class);
  }

  /** The same run, found dead. */
  public RunRecord killed() {
    return with(RunStatus.KILLED, null, drift);
  }

  /** The same run, compared with the night before. */
  RunRecord drifted(RunDrift found) {
    return with(status, failure, found);
  }

  private RunRecord with(RunStatus newStatus, String newFailure, RunDrift newDrift) {
    return new RunRecord(
        runId,
        newStatus,
        newFailure,
        runDate,
        started,
        seconds,
        labellingSeconds,
        listed,
        skipped,
        reused,
        left,
        passedOver,
        images,
        askedAgain,
        failedAgain,
        counts,
        bytes,
        imagesPerSecond,
        commits,
        cores,
        committer,
        model,
        output,
        applicationId,
        options,
        newDrift);
  }
}
