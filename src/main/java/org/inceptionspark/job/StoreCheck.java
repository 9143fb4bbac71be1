package org.inceptionspark.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.commit.files.SuccessData;
import org.apache.hadoop.util.functional.FutureIO;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.shims.Buckets;

/**
 * Checks on a real object store, through S3A, everything that the job needs. It writes only to a
 * directory of its own, which it deletes at the end.
 */
public final class StoreCheck {
  private static final int PAGE = 5;
  private static final int MULTIPART = 6 << 20;
  private static final List<String> NAMES =
      List.of(
          "plain.jpg", "with space.jpg", "with#hash.jpg", "100%.jpg", "a+b.jpg", "Zürich-東京.jpg");

  /**
   * The result of a check.
   *
   * @param name of the check
   * @param problem one line; null if all is well
   */
  public record Result(String name, String problem) {}

  private interface Check {
    void run() throws Exception;
  }

  private final SparkSession spark;
  private final Configuration hadoop;
  private final Path directory;
  private final List<Result> results = new ArrayList<>();

  /**
   * @param bucket such as {@code s3a://bucket}, or a directory in it
   */
  public StoreCheck(SparkSession spark, String bucket) {
    this.spark = spark;
    // Settings for this bucket apply to the missing one too.
    this.hadoop =
        S3AUtils.propagateBucketOptions(
            spark.sessionState().newHadoopConf(), new Path(bucket).toUri().getHost());
    this.hadoop.setInt(Constants.MAX_PAGING_KEYS, PAGE);
    this.hadoop.set(Constants.MULTIPART_SIZE, "5M");
    this.directory = new Path(bucket, "inception-spark-check-" + UUID.randomUUID());
  }

  /** Creates the bucket if it does not exist. */
  public StoreCheck makeBucket() throws IOException {
    String bucket = directory.toUri().getHost();
    try (FileSystem s3 = open(hadoop)) {
      Buckets.make((S3AFileSystem) s3, bucket);
    }
    return this;
  }

  /** Runs all checks; results in order. */
  public List<Result> run() throws IOException {
    try (RequiredSettings settings = RequiredSettings.hold(spark);
        FileSystem s3 = open(hadoop)) {
      check("write, read, length and etag", () -> writeAndRead(s3));
      check("names with space # % + and letters of all languages", () -> names(s3));
      check("list with pagination", () -> pages(s3));
      check("read a range", () -> range(s3));
      check("refuse another version (If-Match)", () -> version(s3));
      check("create once (If-None-Match)", () -> createOnce(s3));
      check("multipart upload", () -> multipart(s3));
      check("magic committer through Spark", () -> magic(s3));
      check("delete a directory", () -> delete(s3));
      check("no uploads left behind", () -> uploads(s3));
      check("wrong secret is refused", this::wrongSecret);
      check("missing bucket is reported", this::missingBucket);
    }
    return List.copyOf(results);
  }

  private void check(String name, Check check) {
    try {
      check.run();
      results.add(new Result(name, null));
    } catch (Exception | LinkageError e) {
      results.add(new Result(name, StorageFailure.describe(e)));
    }
  }

  private static void require(Object found, Object needed) throws IOException {
    if (!found.equals(needed)) {
      throw new IOException("found " + found + ", needed " + needed);
    }
  }

  private FileSystem open(Configuration configuration) throws IOException {
    return FileSystem.newInstance(directory.toUri(), configuration);
  }

  private Path path(String name) {
    return new Path(directory, new Path(null, null, name));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void write(FileSystem s3, Path path, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = s3.create(path, true)) {
      out.write(bytes);
    }
  }

  private static byte[] read(FileSystem s3, Path path) throws IOException {
    try (FSDataInputStream in = s3.open(path)) {
      return in.readAllBytes();
    }
  }

  private void writeAndRead(FileSystem s3) throws IOException {
    write(s3, path("a"), bytes(1000));
    require(Arrays.equals(read(s3, path("a")), bytes(1000)), true);
    FileStatus status = s3.getFileStatus(path("a"));
    require(status.getLen(), 1000L);
    require(status instanceof EtagSource source && source.getEtag() != null, true);
  }

  private void names(FileSystem s3) throws IOException {
    for (String name : NAMES) {
      write(s3, path("names/" + name), name.getBytes(StandardCharsets.UTF_8));
    }
    List<String> listed = new ArrayList<>();
    for (FileStatus status : s3.listStatus(path("names"))) {
      listed.add(status.getPath().getName());
      require(
          new String(read(s3, status.getPath()), StandardCharsets.UTF_8),
          status.getPath().getName());
    }
    require(new TreeSet<>(listed), new TreeSet<>(NAMES));
  }

  private void pages(FileSystem s3) throws IOException {
    for (int i = 0; i < 2 * PAGE + 1; i++) {
      write(s3, path("pages/" + i), bytes(1));
    }
    int count = 0;
    for (RemoteIterator<?> files = s3.listFiles(path("pages"), true); files.hasNext(); count++) {
      files.next();
    }
    require(count, 2 * PAGE + 1);
  }

  private void range(FileSystem s3) throws IOException {
    write(s3, path("range"), bytes(1000));
    byte[] middle = new byte[10];
    try (FSDataInputStream in = s3.open(path("range"))) {
      in.readFully(500, middle);
    }
    require(Arrays.equals(middle, Arrays.copyOfRange(bytes(1000), 500, 510)), true);
  }

  private void version(FileSystem s3) throws IOException {
    write(s3, path("version"), bytes(1000));
    FileStatus listed = s3.getFileStatus(path("version"));
    write(s3, path("version"), bytes(1001));
    try (FSDataInputStream in =
        FutureIO.awaitFuture(s3.openFile(path("version")).withFileStatus(listed).build())) {
      in.read();
    } catch (RemoteFileChangedException refused) {
      return;
    }
    throw new IOException("another version was read in place of the listed one");
  }

  private void createOnce(FileSystem s3) throws IOException {
    AtomicFiles files = AtomicFiles.on(s3);
    require(files.create(path("once"), bytes(10)), true);
    require(files.create(path("once"), bytes(11)), false);
    require(files.read(path("once")).length, 10);
  }

  private void multipart(FileSystem s3) throws IOException {
    write(s3, path("multipart"), bytes(MULTIPART));
    require(Arrays.equals(read(s3, path("multipart")), bytes(MULTIPART)), true);
  }

  private void magic(FileSystem s3) throws IOException {
    String table = path("table").toString();
    spark.range(100).repartition(2).write().mode(SaveMode.Append).parquet(table);
    require(SuccessData.load(s3, new Path(table, "_SUCCESS")).getCommitter(), "magic");
    require(spark.read().parquet(table).count(), 100L);
  }

  private void delete(FileSystem s3) throws IOException {
    s3.delete(directory, true);
    try {
      s3.getFileStatus(path("a"));
    } catch (FileNotFoundException gone) {
      return;
    }
    throw new IOException("still there after it was deleted");
  }

  private void uploads(FileSystem s3) throws IOException {
    String prefix = directory.toUri().getPath().substring(1);
    require(((S3AFileSystem) s3).listUploads(prefix).hasNext(), false);
  }

  private void wrongSecret() throws IOException {
    Configuration wrong = new Configuration(hadoop);
    wrong.set(
        Constants.AWS_CREDENTIALS_PROVIDER,
        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    wrong.set(Constants.ACCESS_KEY, accessKey());
    for (String scope : List.of("", "bucket." + directory.toUri().getHost() + ".")) {
      wrong.set("fs.s3a." + scope + "secret.key", "wrong");
    }
    try (FileSystem s3 = open(wrong)) {
      s3.listStatus(path("a"));
    } catch (AccessDeniedException refused) {
      return;
    }
    throw new IOException("a wrong secret was taken");
  }

  /** The right access key with a wrong secret, if the key is known. */
  private String accessKey() {
    String environment = System.getenv("AWS_ACCESS_KEY_ID");
    String ofBucket = "fs.s3a.bucket." + directory.toUri().getHost() + ".access.key";
    String known = hadoop.get(Constants.ACCESS_KEY, environment == null ? "unknown" : environment);
    return hadoop.get(ofBucket, known);
  }

  private void missingBucket() throws IOException {
    Path missing = new Path("s3a://inception-spark-no-such-bucket-" + UUID.randomUUID() + "/");
    try (FileSystem s3 = FileSystem.newInstance(missing.toUri(), hadoop)) {
      s3.listStatus(missing);
    } catch (UnknownStoreException told) {
      return;
    }
    throw new IOException("a bucket that is not there was listed");
  }
}
