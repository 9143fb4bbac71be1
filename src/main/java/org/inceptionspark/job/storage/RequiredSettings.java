package org.inceptionspark.job.storage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.shims.S3a;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of Spark and Hadoop that decide which rows the table holds: with other values rows
 * are silently lost, duplicated or changed. Users and sites cannot choose them. Whatever a site has
 * set, also for single buckets, they have the values below while the job reads and writes: commands
 * set them when the session starts ({@link #applyTo}), and the library's entry points while they
 * work in someone else's session ({@link #hold}).
 *
 * <p>Settings that only affect speed are in {@code JobDefaults}, and users may change them.
 */
public final class RequiredSettings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RequiredSettings.class);

  private static final String SPARK_HADOOP = "spark.hadoop.";
  private static final String S3A = "fs.s3a.";
  private static final String S3A_BUCKET = "fs.s3a.bucket.";
  private static final String COMMITTER_OF_SCHEME = "mapreduce.outputcommitter.factory.scheme.";
  private static final String S3A_COMMITTERS =
      "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";

  /** Session settings: they apply to queries planned in it. */
  private static final Map<String, String> SQL =
      ordered(
          // Reading. A file that cannot be read is a failure, not an empty one: its images would be
          // labelled again, and have two rows when it can be read once more.
          "spark.sql.files.ignoreCorruptFiles=false",
          "spark.sql.files.ignoreMissingFiles=false",
          "spark.sql.files.ignoreInvalidPartitionPaths=false",
          // All existing files, whatever a streaming log beside them says.
          "spark.sql.streaming.fileStreamSink.ignoreMetadata=true",
          // Schemas from the files with rows, not from others that happen to be there.
          "spark.sql.parquet.respectSummaryFiles=false",
          // Rows know their file and position only in the first version of Spark's sources.
          "spark.sql.sources.useV1SourceList=avro,csv,json,kafka,orc,parquet,text",
          // A night is a date.
          "spark.sql.sources.partitionColumnTypeInference.enabled=true",
          // From files, not from names of directories that may be empty.
          "spark.sql.optimizer.metadataOnly=false",
          // A retried task distributes its rows the same way: none twice, none lost.
          "spark.sql.execution.sortBeforeRepartition=true",
          // Of an image that the planner knows, as that of a table with one row, it leaves no value
          // to join by.
          "spark.sql.crossJoin.enabled=true",
          // A column's name is a name.
          "spark.sql.parser.quotedRegexColumnNames=false",
          // Writing. With one more look at the lease, through the committer of the storage.
          "spark.sql.sources.commitProtocolClass=org.inceptionspark.job.directory.LeasedCommitProtocol",
          "spark.sql.parquet.output.committer.class="
              + "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter",
          "spark.sql.sources.partitionOverwriteMode=static",
          // A chunk that fits into one file is one: it appears at once.
          "spark.sql.files.maxRecordsPerFile=0",
          // Timestamps in UTC that every Parquet reader understands, and lists as they all write.
          "spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS",
          "spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED",
          "spark.sql.parquet.writeLegacyFormat=false");

  /**
   * Right by default, and Spark warns whenever they are set: only where a site has changed them.
   */
  private static final Set<String> DEPRECATED = Set.of("spark.sql.optimizer.metadataOnly");

  /** Of Hadoop. */
  private static final Map<String, String> HADOOP =
      ordered(
          // On S3 files appear whole when the job commits. The staging committers delete what they
          // find in the table, or in its partition, if their conflict mode says so.
          "mapreduce.outputcommitter.factory.class=",
          COMMITTER_OF_SCHEME + "s3a=" + S3A_COMMITTERS,
          "fs.s3a.committer.name=magic",
          "fs.s3a.committer.magic.enabled=true",
          "fs.s3a.committer.staging.conflict-mode=append",
          // Under Spark another committer than that of the task commits, and finds no file in its
          // own.
          "fs.s3a.committer.magic.track.commits.in.memory.enabled=false",
          // Elsewhere files move to the table when the job commits, not task by task.
          "mapreduce.fileoutputcommitter.algorithm.version=1",
          // Otherwise the next job would commit what a failed one has left there.
          "mapreduce.fileoutputcommitter.cleanup.skipped=false",
          // Opening the bucket with it aborts the uploads that a run is about to commit.
          "fs.s3a.multipart.purge=false",
          // Says which committer it was.
          "mapreduce.fileoutputcommitter.marksuccessfuljobs=true",
          // Another version than the listed one is refused.
          "fs.s3a.change.detection.mode=server",
          "fs.s3a.change.detection.source=etag",
          // Nothing hides files of the table.
          "mapreduce.input.pathFilter.class=" + AcceptAllPaths.class.getName());

  /** Application settings, which a running session cannot change. */
  private static final Map<String, String> APPLICATION =
      ordered(
          // Only one of two attempts of a task commits.
          "spark.hadoop.outputCommitCoordination.enabled=true");

  private static final Map<SparkSession, Held> HELD = new WeakHashMap<>();

  private final SparkSession session;

  /** A session's previous settings, and how many hold it. */
  private static final class Held {
    private final Map<String, String> before = new LinkedHashMap<>();
    private int holders;
  }

  private RequiredSettings(SparkSession session) {
    this.session = session;
  }

  private static Map<String, String> ordered(String... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    Arrays.stream(settings)
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> map.put(setting[0], setting[1]));
    return map;
  }

  /** Sets all of them, whatever the current values; to be called before the session starts. */
  public static SparkConf applyTo(SparkConf conf) {
    Map<String, String> wanted = new LinkedHashMap<>(SQL);
    wanted.putAll(APPLICATION);
    ofHadoop(SparkHadoopUtil.get().newConfiguration(conf))
        .forEach((name, value) -> wanted.put(SPARK_HADOOP + name, value));
    wanted.keySet().removeIf(name -> DEPRECATED.contains(name) && !conf.contains(name));
    wanted.forEach(
        (name, value) -> {
          tell(name, conf.get(name, null), value);
          conf.set(name, value);
        });
    return conf;
  }

  /**
   * Sets those that a running session can change, until closed. Several may hold a session at once.
   */
  public static RequiredSettings hold(SparkSession session) {
    synchronized (HELD) {
      Held held = HELD.computeIfAbsent(session, first -> new Held());
      if (held.holders++ == 0) {
        set(session, held);
      }
    }
    return new RequiredSettings(session);
  }

  private static void set(SparkSession session, Held held) {
    Configuration hadoop = session.sessionState().newHadoopConf();
    Map<String, String> wanted = new LinkedHashMap<>(SQL);
    wanted.putAll(ofHadoop(hadoop));
    wanted.keySet().removeIf(name -> DEPRECATED.contains(name) && explicit(session, name) == null);
    wanted.forEach(
        (name, value) -> {
          String before = explicit(session, name);
          tell(name, before == null ? ofSite(hadoop, name) : before, value);
          held.before.put(name, before);
          session.conf().set(name, value);
        });
  }

  /** Null for Hadoop's own default. */
  private static String ofSite(Configuration hadoop, String name) {
    String[] sources = hadoop.getPropertySources(name);
    boolean byDefault =
        sources == null
            || sources.length == 0
            || sources[sources.length - 1].endsWith("-default.xml");
    return byDefault ? null : hadoop.get(name);
  }

  /** Values that were set in this session, not defaults. */
  private static String explicit(SparkSession session, String name) {
    scala.Option<String> value = session.sessionState().conf().getAllConfs().get(name);
    return value.isEmpty() ? null : value.get();
  }

  /**
   * Hadoop's settings, including per bucket ones of the site: S3A prefers these, so they need the
   * same value; and another scheme for S3A needs its committers.
   */
  private static Map<String, String> ofHadoop(Configuration site) {
    Map<String, String> wanted = new LinkedHashMap<>(HADOOP);
    Set<String> ofBuckets = new TreeSet<>(site.getPropsWithPrefix(S3A_BUCKET).keySet());
    HADOOP.forEach(
        (name, value) -> {
          if (name.startsWith(S3A)) {
            String end = "." + name.substring(S3A.length());
            ofBuckets.stream()
                .filter(key -> key.endsWith(end))
                .forEach(key -> wanted.put(S3A_BUCKET + key, value));
          }
        });
    S3a.otherSchemes(site)
        .forEach(scheme -> wanted.put(COMMITTER_OF_SCHEME + scheme, S3A_COMMITTERS));
    return wanted;
  }

  private static void tell(String name, String found, String needed) {
    if (found != null && !found.equalsIgnoreCase(needed)) {
      LOG.info("{}={} does not hold for the job's own tables, which need {}", name, found, needed);
    }
  }

  /** The last one gives the session back what it had. */
  @Override
  public void close() {
    synchronized (HELD) {
      Held held = Objects.requireNonNull(HELD.get(session), "closed before");
      if (--held.holders == 0) {
        HELD.remove(session);
        held.before.forEach(
            (name, value) -> {
              if (value == null) {
                session.conf().unset(name);
              } else {
                session.conf().set(name, value);
              }
            });
      }
    }
  }
}
