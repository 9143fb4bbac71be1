package org.inceptionspark.job.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class LabelTableTest {
  @TempDir Path directory;

  @Test
  void theSchemaIsTheContract() {
    assertThat(new LabelTable("m", List.of()).schema().toDDL())
        .isEqualTo(
            "path STRING NOT NULL,length BIGINT NOT NULL,modified TIMESTAMP NOT NULL,etag STRING,"
                + "sha256 STRING,format STRING,width INT,height INT,"
                + "logits ARRAY<FLOAT>,prelogits ARRAY<FLOAT>,"
                + "top ARRAY<STRUCT<index: INT NOT NULL, label: STRING NOT NULL,"
                + " probability: FLOAT NOT NULL>>,"
                + "error STRUCT<kind: STRING NOT NULL, message: STRING NOT NULL>,"
                + "model STRING NOT NULL,run_date DATE NOT NULL");
  }

  @Test
  void endPointsFollowTheFixedColumns() {
    LabelTable table = new LabelTable("m", List.of("Mixed_5d", "PreLogits", "AuxLogits"));
    assertThat(Arrays.copyOfRange(table.schema().fieldNames(), 12, 16))
        .containsExactly("model", "Mixed_5d", "AuxLogits", "run_date");
  }

  @Test
  void theFilesSayTheSame() throws IOException {
    String output = directory.resolve("labels").toString();
    LabelImages.using(LocalSpark.session())
        .model(TinyModel.builder().endPoints(List.of("Mixed_7c", "Predictions")).build())
        .images(
            ImageSource.objects(
                ListObjects.using(LocalSpark.session())
                    .inputs(List.of("src/quickstart/photos/fig.jpg"))
                    .execute()))
        .output(output)
        .execute();
    Dataset<Row> table = LocalSpark.session().read().parquet(output);
    Row row = table.selectExpr("size(Mixed_7c)", "size(Predictions)", "run_date").head();
    assertThat(row.getInt(0)).isEqualTo(8 * 8 * 128);
    assertThat(row.getInt(1)).isEqualTo(11);
    MessageType file = parquetSchema(table.inputFiles()[0]);
    assertThat(file.getFields())
        .extracting(Type::getName)
        .containsExactly(
            new LabelTable("m", List.of("Mixed_7c", "Predictions")).fileSchema().fieldNames());
    assertThat(file.getType("path").toString()).isEqualTo("required binary path (STRING)");
    assertThat(file.getType("modified").toString())
        .isEqualTo("required int64 modified (TIMESTAMP(MICROS,true))");
    assertThat(file.getType("etag").toString()).isEqualTo("optional binary etag (STRING)");
    assertThat(file.getType("logits", "list", "element").toString())
        .isEqualTo("required float element");
  }

  private static MessageType parquetSchema(String uri) throws IOException {
    HadoopInputFile input =
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(uri), new Configuration());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getFileMetaData().getSchema();
    }
  }

  @Test
  void outcomesAreTheKindsOfErrors() {
    assertThat(Outcome.values())
        .extracting(Outcome::name)
        .startsWith("LABELLED")
        .endsWith("UNREADABLE")
        .containsAll(Arrays.stream(ImageException.Kind.values()).map(Enum::name).toList())
        .contains("CRASHED", "ARCHIVED", "ACCESS_DENIED")
        .hasSize(ImageException.Kind.values().length + 5);
  }
}
