package org.inceptionspark.job.directory;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.table.RowPlace;
import scala.Tuple2;

/**
 * Rewrites a file of a table without some of its rows. Spark's reader and writer are not used: they
 * would give all files of a pass the same columns, and do not say which file became which.
 */
final class RowDeletion implements MapFunction<Row, Tuple2<String, String>> {
  private static final long serialVersionUID = 1L;

  /** Stands for a file that would have no rows. */
  static final String NOTHING = "";

  private final String directory;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param directory where the new files are written, under names of their own
   */
  RowDeletion(Path directory, Broadcast<SerializableConfiguration> hadoop) {
    this.directory = directory.toString();
    this.hadoop = hadoop;
  }

  /**
   * @param row a file's URI, and the positions of the rows to leave out
   * @return the file, and the new one or {@link #NOTHING}
   */
  @Override
  public Tuple2<String, String> call(Row row) throws IOException {
    String file = row.getString(0);
    Set<Long> leftOut = new HashSet<>(row.<Long>getList(1));
    Configuration configuration = hadoop.value().value();
    Path source = RowPlace.path(file);
    ParquetMetadata footer = footer(source, configuration);
    long rows = footer.getBlocks().stream().mapToLong(block -> block.getRowCount()).sum();
    if (rows == leftOut.size()) {
      return new Tuple2<>(file, NOTHING);
    }
    Path target = new Path(directory, "part-" + UUID.randomUUID() + ".parquet");
    try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), source).withConf(configuration).build();
        ParquetWriter<Group> writer = writer(target, footer, configuration)) {
      copy(reader, writer, leftOut);
    }
    return new Tuple2<>(file, target.toString());
  }

  private static void copy(
      ParquetReader<Group> reader, ParquetWriter<Group> writer, Set<Long> leftOut)
      throws IOException {
    long place = 0;
    for (Group group = reader.read(); group != null; group = reader.read()) {
      if (!leftOut.contains(place++)) {
        writer.write(group);
      }
    }
  }

  private static ParquetMetadata footer(Path file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      return reader.getFooter();
    }
  }

  /** With the old file's columns, Spark's metadata about them, and compression. */
  private static ParquetWriter<Group> writer(Path file, ParquetMetadata like, Configuration hadoop)
      throws IOException {
    FileMetaData columns = like.getFileMetaData();
    Map<String, String> notes = new HashMap<>(columns.getKeyValueMetaData());
    notes.keySet().retainAll(notes.keySet().stream().filter(RowDeletion::isSparks).toList());
    return ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
        .withConf(hadoop)
        .withType(columns.getSchema())
        .withExtraMetaData(notes)
        .withPageSize(TableWriter.PAGE_BYTES)
        .withCompressionCodec(like.getBlocks().get(0).getColumns().get(0).getCodec())
        .build();
  }

  private static boolean isSparks(String key) {
    return key.startsWith("org.apache.spark.");
  }
}
