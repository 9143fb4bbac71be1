package org.inceptionspark.job.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.inceptionspark.job.runs.Attempt;

/**
 * Who holds a lease.
 *
 * @param host for people
 * @param machine the scope of {@code pid}: host, boot and namespace of process ids
 * @param processStarted distinguishes a process from a later one with the same id
 * @param since when the lease was taken
 * @param application the cluster's application and which of its drivers; see {@link Attempt}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseHolder(
    String runId,
    String host,
    String machine,
    long pid,
    String processStarted,
    String since,
    String application,
    int attempt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static LeaseHolder thisProcess(String runId, Attempt attempt) {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseHolder(
        runId,
        hostName(),
        machineId(),
        process.pid(),
        started(process),
        Instant.now().toString(),
        attempt.application(),
        attempt.number());
  }

  /** Whether the other was an earlier attempt of the same application. */
  boolean succeeds(LeaseHolder other) {
    return !application.isEmpty()
        && application.equals(other.application)
        && attempt > other.attempt;
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Empty if another process is just writing it. */
  static Optional<LeaseHolder> ofJson(byte[] json) {
    try {
      return Optional.of(JSON.readValue(json, LeaseHolder.class));
    } catch (IOException unfinished) {
      return Optional.empty();
    }
  }

  /** True only if it is certain: the process was on this machine and has ended. */
  boolean isKnownDead() {
    return machineId().equals(machine)
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .map(LeaseHolder::started)
            .filter(start -> start.equals(processStarted))
            .isEmpty();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String machineId() {
    return hostName() + " " + identity("/proc/sys/kernel/random/boot_id") + " " + pidNamespace();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String identity(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException notLinux) {
      return "";
    }
  }

  /** Each container numbers its own processes. */
  private static String pidNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException notLinux) {
      return "";
    }
  }
}
