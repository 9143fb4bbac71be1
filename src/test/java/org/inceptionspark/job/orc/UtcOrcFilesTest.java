package org.inceptionspark.job.orc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class UtcOrcFilesTest {
  /** The second is in the hour that New York skips in spring, the third in the one it repeats. */
  private static final List<Instant> TIMES =
      List.of(
          Instant.parse("2026-01-30T12:00:00.123Z"),
          Instant.parse("2026-03-08T02:30:00Z"),
          Instant.parse("2026-11-01T01:30:00Z"),
          Instant.parse("2026-07-01T00:00:00Z"));

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "e_tag string, LAST_MODIFIED_DATE timestamp, size bigint, is_latest boolean");

  private final TimeZone zone = TimeZone.getDefault();

  @TempDir Path directory;

  @AfterEach
  void atHome() {
    TimeZone.setDefault(zone);
  }

  /** As the inventory of a bucket: times are UTC's. The last row has a key only. */
  private String file() throws IOException {
    TypeDescription schema =
        TypeDescription.fromString(
            "struct<key:string,is_latest:boolean,size:bigint,last_modified_date:timestamp,"
                + "e_tag:string>");
    String file = directory.resolve("inventory.orc").toString();
    try (Writer writer =
        OrcFile.createWriter(
            new org.apache.hadoop.fs.Path(file),
            OrcFile.writerOptions(new Configuration()).setSchema(schema).useUTCTimestamp(true))) {
      VectorizedRowBatch batch = schema.createRowBatch();
      for (int i = 0; i <= TIMES.size(); i++) {
        ((BytesColumnVector) batch.cols[0]).setVal(i, ("é" + i).getBytes(UTF_8));
        if (i < TIMES.size()) {
          ((LongColumnVector) batch.cols[1]).vector[i] = i % 2;
          ((LongColumnVector) batch.cols[2]).vector[i] = i * 5_000_000_000L;
          TimestampColumnVector times = (TimestampColumnVector) batch.cols[3];
          times.time[i] = TIMES.get(i).toEpochMilli();
          times.nanos[i] = TIMES.get(i).getNano();
          ((BytesColumnVector) batch.cols[4]).setVal(i, "e".getBytes(UTF_8));
        } else {
          for (int column = 1; column < 5; column++) {
            batch.cols[column].noNulls = false;
            batch.cols[column].isNull[i] = true;
          }
        }
      }
      batch.size = TIMES.size() + 1;
      writer.addRowBatch(batch);
    }
    return file;
  }

  private static List<Long> millis(Dataset<Row> rows) {
    List<Long> millis = new ArrayList<>();
    rows.selectExpr("unix_millis(last_modified_date)")
        .collectAsList()
        .forEach(row -> millis.add(row.isNullAt(0) ? null : row.getLong(0)));
    return millis;
  }

  @Test
  void timesAreThoseOfUtcWhereverTheJvmIs() throws IOException {
    String file = file();
    List<Long> expected = new ArrayList<>(TIMES.stream().map(Instant::toEpochMilli).toList());
    expected.add(null);
    for (String place : List.of("America/New_York", "UTC", "Asia/Kathmandu")) {
      TimeZone.setDefault(TimeZone.getTimeZone(place));
      StructType time = StructType.fromDDL("last_modified_date timestamp");
      Dataset<Row> rows = UtcOrcFiles.rows(LocalSpark.session(), List.of(file), time);
      assertThat(millis(rows)).as(place).isEqualTo(expected);
    }
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    assertThat(
            millis(
                LocalSpark.session().read().schema("last_modified_date timestamp_ltz").orc(file)))
        .as("as Spark reads them: if it is right one day, this package can go")
        .isNotEqualTo(expected);
  }

  @Test
  void columnsAreFoundByNameAndMayBeNull() throws IOException {
    String file = file();
    Dataset<Row> rows = UtcOrcFiles.rows(LocalSpark.session(), List.of(file, file), SCHEMA);
    assertThat(rows.columns()).containsExactly(SCHEMA.fieldNames());
    assertThat(rows.selectExpr("e_tag", "size", "is_latest").collectAsList())
        .hasSize(10)
        .extracting(Row::toString)
        .contains("[e,0,0]", "[e,5000000000,1]", "[e,10000000000,0]", "[null,null,null]");
  }
}
