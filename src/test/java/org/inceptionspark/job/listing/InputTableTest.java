package org.inceptionspark.job.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.spark.LakeSpark;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table with a log is read as it is now: no row that was deleted or replaced is an image. */
class InputTableTest {
  private static final StructType COLUMNS =
      new StructType().add("id", "string").add("image", "binary");

  @TempDir Path directory;

  private SparkSession spark;

  @BeforeEach
  void activate() {
    spark = LakeSpark.session();
    SparkSession.setActiveSession(spark);
  }

  @AfterEach
  void restore() {
    SparkSession.setActiveSession(LocalSpark.session());
  }

  private Dataset<Row> images() {
    List<Row> rows =
        IntStream.range(0, 6)
            .mapToObj(i -> RowFactory.create("image " + i, bytes("bytes of " + i)))
            .toList();
    return spark.createDataFrame(rows, COLUMNS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ImageSource source(String name) throws Exception {
    return InputTable.of(spark, name, Optional.empty(), Optional.of("id"));
  }

  private void assertIsAsItIsNow(String name) throws Exception {
    ImageSource source = source(name);
    Dataset<Row> listed = source.rows(Optional.empty());
    assertThat(strings(listed, "path"))
        .containsExactlyInAnyOrder("image 0", "image 2", "image 4", "image 5");
    assertThat(strings(source.withBytes(listed), "cast(content AS string)"))
        .containsExactlyInAnyOrder("bytes of 0", "bytes of 2", "new bytes", "bytes of 5");
  }

  private static List<String> strings(Dataset<Row> rows, String column) {
    return rows.selectExpr(column).as(Encoders.STRING()).collectAsList();
  }

  private void change(String table) {
    spark.sql("DELETE FROM " + table + " WHERE id IN ('image 1', 'image 3')");
    spark.sql("UPDATE " + table + " SET image = cast('new bytes' AS binary) WHERE id = 'image 4'");
  }

  @Test
  void anIcebergTableByItsName() throws Exception {
    spark.sql("DROP TABLE IF EXISTS lake.db.input");
    spark.sql(
        "CREATE TABLE lake.db.input (id string, image binary) USING iceberg TBLPROPERTIES"
            + " ('format-version' = '2', 'write.delete.mode' = 'merge-on-read',"
            + " 'write.update.mode' = 'merge-on-read')");
    images().coalesce(1).writeTo("lake.db.input").append();
    change("lake.db.input");
    assertIsAsItIsNow("lake.db.input");
    assertIsAsItIsNow("table:lake.db.input");
    String path =
        spark
            .sql("DESCRIBE TABLE EXTENDED lake.db.input")
            .where("col_name = 'Location'")
            .head()
            .getString(1);
    assertThatThrownBy(() -> source(path))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is an Iceberg table that Spark cannot read by its path")
        .hasMessageContaining("name it as its catalog does");
    assertThatThrownBy(() -> source(path + "/data"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("/data is a part of an Iceberg table: name the table, ");
  }

  @Test
  void aDeltaTableWithDeletionVectors() throws Exception {
    String path = directory.resolve("with a log").toString();
    images()
        .coalesce(1)
        .write()
        .format("delta")
        .option("delta.enableDeletionVectors", "true")
        .save(path);
    change("delta.`" + path + "`");
    assertIsAsItIsNow(path);
    assertIsAsItIsNow("table:delta.`" + path + "`");
    Path file = Files.list(Path.of(path)).filter(p -> p.toString().endsWith("t")).findAny().get();
    assertThatThrownBy(() -> source(file.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is a part of a Delta table: name the table, ");
  }

  /** Nothing is dropped: what is gone when its bytes are wanted has a row that says so. */
  @Test
  void aRowThatIsDeletedMeanwhileIsAnImageThatCannotBeRead() throws Exception {
    String path = directory.resolve("changing").toString();
    images().coalesce(1).write().format("delta").save(path);
    Dataset<Row> listed = source(path).rows(Optional.empty()).localCheckpoint();
    change("delta.`" + path + "`");
    Dataset<Row> bytes = source(path).withBytes(listed);
    assertThat(strings(bytes.where("fault IS NULL"), "path"))
        .containsExactlyInAnyOrder("image 0", "image 2", "image 5");
    assertThat(strings(bytes.where("content IS NULL"), "concat(path, ' ', fault)"))
        .containsExactlyInAnyOrder(
            "image 1 UNREADABLE: no longer in the table",
            "image 3 UNREADABLE: no longer in the table",
            "image 4 UNREADABLE: no longer in the table");
  }

  @Test
  void aHudiTableIsNotReadFileByFile() throws Exception {
    Path path = directory.resolve("hudi");
    images().write().mode(SaveMode.Append).parquet(path.toString());
    Files.createDirectories(path.resolve(".hoodie"));
    Files.writeString(path.resolve(".hoodie/hoodie.properties"), "hoodie.table.name=images\n");
    assertThatThrownBy(() -> source(path.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is a Hudi table that Spark cannot read by its path")
        .hasMessageContaining("hudi");
  }
}
