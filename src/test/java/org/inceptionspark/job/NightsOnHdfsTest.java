package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.hdfs.EmbeddedHdfs;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose default file system is a real HDFS, by every name that a directory has there. */
@Tag("slow")
class NightsOnHdfsTest {
  @TempDir static java.nio.file.Path directory;

  private static EmbeddedHdfs hdfs;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException {
    hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"));
    spark = LocalSpark.session().newSession();
    spark.conf().set("fs.defaultFS", hdfs.uri());
    spark.conf().set("fs.permissions.umask-mode", "027");
    spark.conf().set("fs.viewfs.mounttable.site.link./here", hdfs.uri() + "/viewed");
    for (String folder : List.of("/photos/a", "/photos/b", "/viewed/photos")) {
      hdfs.fileSystem().mkdirs(new Path(folder));
      for (String name : List.of("chelsea.jpg", "dogs.jpg", "rocket.jpg")) {
        put(java.nio.file.Path.of("src/quickstart/photos", name), folder);
      }
    }
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  private static void put(java.nio.file.Path file, String folder) throws IOException {
    hdfs.fileSystem().copyFromLocalFile(new Path(file.toUri()), new Path(folder));
  }

  private static LabelImages night(String input, String table, int day) throws IOException {
    return LabelImages.using(spark)
        .model(TinyModel.spec())
        .images(ImageSource.objects(ListObjects.using(spark).inputs(List.of(input)).execute()))
        .output(table)
        .ifExists(IfExists.APPEND)
        .commitEvery(4)
        .runDate(LocalDate.of(2026, 1, day));
  }

  private static List<String> paths(String table) {
    return spark.read().parquet(table).select("path").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<String> names(String folder) throws IOException {
    return Arrays.stream(hdfs.fileSystem().listStatus(new Path(folder)))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .toList();
  }

  @Test
  void oneTableHasManyNames() throws IOException {
    assertThat(night("hdfs:///photos", "hdfs:///names/labels", 1).execute().images()).isEqualTo(6);
    assertThat(night("/photos", "/names/labels", 2).execute().skipped()).isEqualTo(6);
    String whole = hdfs.uri() + "/names/labels";
    assertThat(night(hdfs.uri() + "/photos", whole, 3).execute().skipped()).isEqualTo(6);
    assertThat(paths("hdfs:///names/labels"))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .allSatisfy(path -> assertThat(path).startsWith(hdfs.uri() + "/photos/"));
    assertThat(names("/names/labels"))
        .containsExactlyInAnyOrder("_SUCCESS", "_runs", "run_date=2026-01-01");
    assertThat(names("/names/labels/_runs")).hasSize(3);
  }

  @Test
  void newRowsTakeThePlaceOfOld() throws IOException {
    night("hdfs:///photos", "hdfs:///again/labels", 1).execute();
    Selection all = new Selection(Relabel.ALL, Optional.empty(), OptionalLong.empty());
    night("hdfs:///photos", "hdfs:///again/labels", 2).selection(all).execute();
    assertThat(paths("/again/labels")).hasSize(6).doesNotHaveDuplicates();
    assertThat(spark.read().parquet("/again/labels").where("run_date = '2026-01-02'").count())
        .isEqualTo(6);
    assertThat(names("/again/labels"))
        .noneMatch(name -> name.matches("_lease.*|_replacement|\\..*"));
  }

  @Test
  void aViewOfHdfsIsATableToo() throws IOException {
    night("viewfs://site/here/photos", "viewfs://site/here/labels", 1).execute();
    assertThat(
            night("viewfs://site/here/photos", "viewfs://site/here/labels", 2).execute().skipped())
        .isEqualTo(3);
    assertThat(paths("viewfs://site/here/labels"))
        .hasSize(3)
        .allSatisfy(path -> assertThat(path).startsWith("viewfs://site/here/photos/"));
    assertThat(names("/viewed/labels")).noneMatch(name -> name.startsWith("_lease"));
  }

  @Test
  void weightsWithoutASchemeAreFoundThere() throws IOException {
    hdfs.fileSystem().mkdirs(new Path("/models"));
    java.nio.file.Path checkpoint = TinyModel.checkpoint();
    try (var files = Files.list(checkpoint.getParent())) {
      for (java.nio.file.Path file : files.toList()) {
        put(file, "/models");
      }
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    String here = TinyModel.spec().fingerprint();
    assertThat(load("/models/model.ckpt", hadoop).fingerprint()).isEqualTo(here);
    assertThat(load("hdfs:///models/model.ckpt", hadoop).fingerprint()).isEqualTo(here);
    assertThat(load(checkpoint.toString(), hadoop).fingerprint()).isEqualTo(here);
    assertThatThrownBy(() -> load("/models/nosuch.ckpt", hadoop))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "weights /models/nosuch.ckpt: neither a file of this machine nor %s/models/nosuch.ckpt",
            hdfs.uri());
  }

  /** The wrong weights would make a table that nobody doubts. */
  @Test
  void aNameOfTwoFilesIsRefused() throws IOException {
    java.nio.file.Path here = Files.writeString(directory.resolve("labels.txt"), "one\n");
    hdfs.fileSystem().mkdirs(new Path(directory.toString()));
    put(here, directory.toString());
    Configuration hadoop = spark.sessionState().newHadoopConf();
    assertThatThrownBy(() -> ModelRequest.names(here.toString(), hadoop))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "%s is a file of this machine and one of the default file system: write %s or %s%s",
            here, here.toUri(), hdfs.uri(), here);
    assertThat(ModelRequest.names(here.toUri().toString(), hadoop).name(0)).isEqualTo("one");
  }

  private static LabelerSpec load(String weights, Configuration hadoop) {
    return new ModelRequest(weights, ModelVariant.DEFAULT, ResultOptions.of(Optional.empty(), 5))
        .load(hadoop);
  }

  @Test
  void safeModeIsTold() throws IOException {
    LabelImages night = night("/photos/a", "/safe/labels", 1);
    hdfs.fileSystem().setSafeMode(SafeModeAction.ENTER);
    try {
      assertThatThrownBy(night::execute)
          .hasMessage("labels into /safe/labels: HDFS is in safe mode, and takes nothing");
    } finally {
      hdfs.fileSystem().setSafeMode(SafeModeAction.LEAVE);
    }
    assertThat(night("/photos/a", "/safe/labels", 1).execute().images()).isEqualTo(3);
  }

  /** What is committed stays, and the next night goes on. */
  @Test
  void aQuotaIsToldAndLosesNothing() throws IOException {
    Path table = new Path("/quota/labels");
    night("/photos/a", table.toString(), 1).execute();
    hdfs.fileSystem().setQuota(table, HdfsConstants.QUOTA_DONT_SET, 1);
    assertThatThrownBy(() -> night("/photos", table.toString(), 2).execute())
        .hasMessageStartingWith("labels into /quota/labels: beyond the quota: ");
    hdfs.fileSystem().setQuota(table, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    assertThat(night("/photos", table.toString(), 3).execute().skipped()).isEqualTo(3);
    assertThat(paths(table.toString())).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void aDirectoryThatMayNotBeReadIsNamed() throws Exception {
    Path secret = new Path("/open/secret");
    hdfs.fileSystem().mkdirs(secret);
    hdfs.fileSystem().setPermission(new Path("/open"), new FsPermission("755"));
    hdfs.fileSystem().setPermission(secret, new FsPermission("700"));
    PrivilegedExceptionAction<?> listing =
        () -> ListObjects.using(spark).inputs(List.of("hdfs:///open/secret")).execute();
    UserGroupInformation alice = UserGroupInformation.createRemoteUser("alice");
    assertThatThrownBy(() -> alice.doAs(listing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "input %s/open/secret: access denied: user alice has no READ_EXECUTE on"
                + " /open/secret",
            hdfs.uri());
  }
}
