package org.inceptionspark.scale;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inceptionspark.scale.Growth.Measured;

/**
 * A first night of many images on many cores, calculated from what each phase took here. Where work
 * is shared, a second of a core here is one of a core there; waiting for storage is requests times
 * latency; and what one task or the driver does alone takes as long there as here.
 */
final class SimulatedNight {
  static final String LIST = "list S3, 1000 keys a directory";
  static final String COMPARE = "compare: nothing is new";
  static final String PLAN = "plan for 1,000 cores";
  static final String NEW = "night: all is new, no picture";
  static final String COMPACT = "compact rows of full width (N/50)";
  static final String COMMIT = "commit N/5000 times an image";

  static final int CORES = 1_000;
  static final int ROWS_COMPACTED = 50;
  static final int IMAGES_COMMITTED = 5_000;

  /** Of the plan, of which one chunk is computed. */
  static final int CHUNKS = 10;

  private static final double RATE = 19; // images/s of a core: docs/performance.md
  private static final long CHUNK = 5_000L * CORES; // FileSizes.commitEvery
  private static final long TASKS_OF_A_CHUNK = 13L * CORES; // PartitionSizes: each half of the rest
  private static final double ROW = 12_500; // bytes, full width and 1,001 classes
  private static final double FILE = 512 << 20;
  private static final double LATENCY = 0.05; // seconds, of a request
  private static final double UPLOAD = 50e6; // bytes a second, of a task
  private static final int COMMITTERS = 32; // threads of S3A's committer
  private static final int PARTS_OF_A_FILE = 8;
  private static final int REQUESTS_OF_A_FILE = PARTS_OF_A_FILE + 4; // what begins and ends it
  private static final int KEYS_OF_A_PAGE = 1_000;
  private static final int RANGES_OF_A_CORE = 8;
  private static final int CORES_HERE = 2;
  private static final int PARTS_OF_A_ROUND = 4; // BucketRanges
  private static final int LARGEST_RANGE = 4; // times the mean: ListingRangesTest

  private final double images;
  private final double chunks;
  private final double files;
  private final Map<String, Growth> phases = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private double overhead;

  SimulatedNight(long images) {
    this.images = images;
    this.chunks = Math.ceil(images / (double) CHUNK);
    this.files = Math.ceil(CHUNK * ROW / FILE) * chunks;
  }

  void add(String phase, Growth growth) {
    phases.put(phase, growth);
  }

  /** The table as Markdown; empty if a phase was not measured. */
  List<String> lines() {
    if (!phases.keySet().containsAll(List.of(LIST, COMPARE, PLAN, NEW, COMPACT, COMMIT))) {
      return List.of();
    }
    double forward = images / RATE / CORES;
    line("| %.0f images on %d cores | seconds | of the forward pass |", images, CORES);
    line("|---|---|---|");
    line("| forward pass, %.0f images/s a core | %.0f | 100 %% |", RATE, forward);
    double lists = list();
    row("compare", shared(COMPARE));
    row("plan; one task walks a chunk", shared(PLAN) + CHUNK * each(PLAN));
    row("read, make and gather rows, without waiting", shared(NEW));
    // S3A uploads a part while the next is made; a compaction also reads, so this is an upper
    // bound.
    double made = FILE / ROW * each(COMPACT) * ROWS_COMPACTED;
    double fileSeconds = Math.max(made, FILE / UPLOAD) + FILE / PARTS_OF_A_FILE / UPLOAD;
    row(String.format(Locale.ROOT, "write %.0f files", files), chunks * fileSeconds);
    row(String.format(Locale.ROOT, "commit %.0f times", chunks), commits());
    line("| all beyond the forward pass | %.0f | %.1f %% |", overhead, 100 * overhead / forward);
    line("");
    double puts = files * REQUESTS_OF_A_FILE;
    double coreHours = (forward + overhead) * CORES / 3600;
    line(
        "%.2f TB in %.0f files; %.0f LIST, %.0f GET, %.0f PUT; %.0f core-hours; %.0f tasks, %.0f a"
            + " second",
        images * ROW / 1e12,
        files,
        lists,
        images,
        puts,
        coreHours,
        chunks * TASKS_OF_A_CHUNK,
        chunks * TASKS_OF_A_CHUNK / (forward + overhead));
    line(
        "dollars = (%.0f LIST and PUT) a + (%.0f GET) b + (%.0f core-hours) c; for a = $0.005 and b"
            + " = $0.0004 a thousand, c = $0.04: $%.0f",
        lists + puts, images, coreHours, (lists + puts) * 5e-6 + images * 4e-7 + coreHours * 0.04);
    driver();
    return lines;
  }

  private double list() {
    Measured here = phases.get(LIST).last();
    double pages = images / KEYS_OF_A_PAGE;
    double ranges = (double) RANGES_OF_A_CORE * CORES;
    double cutting =
        (here.requests() - here.size() / (double) KEYS_OF_A_PAGE) / (RANGES_OF_A_CORE * CORES_HERE);
    double rounds = Math.ceil(Math.log(ranges) / Math.log(PARTS_OF_A_ROUND));
    double requests = pages + ranges * cutting;
    double longest = rounds * cutting + LARGEST_RANGE * pages / ranges;
    row("list", shared(LIST) + LATENCY * Math.max(longest, requests / CORES));
    return requests;
  }

  private double commits() {
    Measured here = phases.get(COMMIT).last();
    double one = here.seconds() * IMAGES_COMMITTED / here.size();
    return chunks * one + files * LATENCY / COMMITTERS;
  }

  /** What the driver holds for a partition, times all partitions, beside what it holds anyway. */
  private void driver() {
    Growth plan = phases.get(PLAN);
    long tasks = plan.last().work().tasks() - plan.first().work().tasks();
    double partition = Math.max(0, plan.heapGrowth() / tasks / CHUNKS);
    double most =
        phases.values().stream().mapToDouble(one -> one.last().heapBytes()).max().orElseThrow();
    double all = most + partition * chunks * TASKS_OF_A_CHUNK;
    line(
        "driver: %.0f MB at most here, and %.0f bytes for each of %.0f partitions: %.0f MB",
        most / 1e6, partition, chunks * TASKS_OF_A_CHUNK, all / 1e6);
  }

  /** Core-seconds an object. */
  private double each(String phase) {
    return phases.get(phase).cpuSecondsOfAnObject();
  }

  private double shared(String phase) {
    return each(phase) * images / CORES;
  }

  private void row(String what, double seconds) {
    overhead += seconds;
    line("| %s | %.0f | %.2f %% |", what, seconds, 100 * seconds / (images / RATE / CORES));
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
