package org.inceptionspark.job.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that come with their bytes get the same rows as those that are read. */
@Tag("site")
@Tag("slow")
class ImageSourceTest {
  private static final String PHOTOGRAPHS = "src/quickstart/photos";
  private static final String GLOB = "c*.jpg";

  @TempDir Path directory;

  private final SparkSession spark = LocalSpark.session();

  private Dataset<Row> files() {
    return spark.read().format("binaryFile").option("pathGlobFilter", GLOB).load(PHOTOGRAPHS);
  }

  private Dataset<Row> label(ImageSource source, String name) throws IOException {
    String output = directory.resolve(name).toString();
    LabelImages.using(spark).model(TinyModel.spec()).images(source).output(output).execute();
    return spark.read().parquet(output);
  }

  @Test
  void binaryFilesGiveTheSameTable() throws IOException {
    Dataset<Row> listed =
        ListObjects.using(spark).inputs(List.of(PHOTOGRAPHS)).glob(GLOB).execute();
    List<Row> expected =
        label(ImageSource.objects(listed), "listed").orderBy("path").collectAsList();
    assertThat(expected).hasSize(3);
    assertThat(label(ImageSource.binaryFiles(files()), "files").orderBy("path").collectAsList())
        .isEqualTo(expected);
  }

  @Test
  void anyBinaryColumnWillDo() throws IOException {
    Dataset<Row> images =
        files()
            .selectExpr("content as picture", "reverse(split(path, '/'))[0] as name")
            .union(spark.sql("select cast(null as binary), 'nothing'"));
    Dataset<Row> table = label(ImageSource.table(images, "picture", "name"), "named");
    assertThat(table.orderBy("path").selectExpr("path", "error.kind").collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactly("chelsea.jpg null", "china.jpg null", "coffee.jpg null", "nothing EMPTY");
  }

  @Test
  void imagesWithoutNamesAreCalledByTheirContent() throws IOException {
    Dataset<Row> table = label(ImageSource.table(files().select("content"), "content"), "unnamed");
    assertThat(table.where("path <> concat('sha256:', sha256)").count()).isZero();
    assertThat(table.count()).isEqualTo(3);
  }

  private void night(Dataset<Row> images, int day, String name) throws IOException {
    LabelImages.using(spark)
        .model(TinyModel.spec())
        .images(ImageSource.table(images, "content", "name"))
        .output(directory.resolve(name).toString())
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day))
        .execute();
  }

  private Dataset<Row> named() {
    return files().selectExpr("content", "reverse(split(path, '/'))[0] as name");
  }

  /** Name and day of each row of a table, and what became of it. */
  private List<String> rows(String name) {
    return spark
        .read()
        .parquet(directory.resolve(name).toString())
        .selectExpr("path", "day(run_date)", "coalesce(error.kind, 'LABELLED')")
        .orderBy("path", "run_date")
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void whatTheTableHoldsIsNotLabelledAgain() throws IOException {
    night(named().where("name <> 'china.jpg'"), 1, "again");
    night(named(), 2, "again");
    assertThat(rows("again"))
        .containsExactly("chelsea.jpg 1 LABELLED", "china.jpg 2 LABELLED", "coffee.jpg 1 LABELLED");
  }

  /** Without a time, versions are told apart by their digest. */
  @Test
  void otherBytesOfTheSameLengthAreAnotherVersion() throws IOException {
    Dataset<Row> zeros =
        named().selectExpr("unhex(repeat('00', length(content))) as content", "name");
    night(named(), 1, "zeros");
    night(zeros, 2, "zeros");
    assertThat(rows("zeros")).hasSize(6).filteredOn(row -> row.contains(" 2 ")).hasSize(3);
  }

  @Test
  void rowsThatComeTwiceAreOneAndANullHasTheNameOfItsBytes() throws IOException {
    night(named().union(named()).union(named()), 1, "twice");
    assertThat(rows("twice")).hasSize(3);
    night(named().selectExpr("content", "cast(null as string) as name"), 1, "nameless");
    assertThat(rows("nameless")).hasSize(3).allMatch(row -> row.startsWith("sha256:"));
  }

  @Test
  void bytesUnderAnotherNameAreNotComputedAgain() throws IOException {
    night(named(), 1, "renamed");
    night(named().selectExpr("content", "concat('b/', name) as name"), 2, "renamed");
    assertThat(rows("renamed")).hasSize(6);
    RunRecord record =
        RunRecords.of(directory.resolve("renamed").toString(), spark.sessionState().newHadoopConf())
            .newestFirst()
            .next();
    assertThat(record.reused()).isEqualTo(3);
  }

  @Test
  void anotherVersionHasARowOfItsOwn() throws IOException {
    night(named().where("name = 'china.jpg'"), 1, "versions");
    night(spark.sql("select binary('no picture') as content, 'china.jpg' as name"), 2, "versions");
    assertThat(rows("versions"))
        .containsExactly("china.jpg 1 LABELLED", "china.jpg 2 NOT_AN_IMAGE");
  }
}
