package org.inceptionspark.search.scan;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.inceptionspark.job.table.RowPlace;

/**
 * The embeddings of one Parquet file of a labels table, by the positions of their rows. Only the
 * pages that hold wanted rows are read. Spark's own reader decodes lists float by float, which
 * costs several times as much as reading the bytes; this one copies them row by row.
 */
public final class EmbeddingFile implements Closeable {
  static final String COLUMN = "prelogits";

  private final String uri;
  private final ParquetFileReader reader;
  private final ColumnDescriptor column;
  private float[] buffer;

  private EmbeddingFile(String uri, ParquetFileReader reader, ColumnDescriptor column) {
    this.uri = uri;
    this.reader = reader;
    this.column = column;
  }

  /** Takes an embedding; the array is valid for this call only. */
  public interface Visitor {
    /**
     * @param index of the position among the requested ones
     * @param values null for a row without embedding
     */
    void accept(int index, float[] values);
  }

  public static EmbeddingFile open(String uri, Configuration hadoop) throws IOException {
    Path path = RowPlace.path(uri);
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop, path).withCodecFactory(new PageCodecs(hadoop)).build();
    ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop), options);
    List<ColumnDescriptor> columns =
        reader.getFileMetaData().getSchema().getColumns().stream()
            .filter(column -> column.getPath()[0].equals(COLUMN))
            .filter(column -> column.getMaxRepetitionLevel() == 1)
            .filter(
                column ->
                    column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT)
            .toList();
    if (columns.size() != 1) {
      reader.close();
      throw new IOException(uri + ": the column " + COLUMN + " is not array<float>");
    }
    MessageType schema = reader.getFileMetaData().getSchema();
    reader.setRequestedSchema(new MessageType(schema.getName(), schema.getType(COLUMN)));
    return new EmbeddingFile(uri, reader, columns.get(0));
  }

  /** The first position after the row group that holds this one. */
  long groupEnd(long position) {
    BlockMetaData group = reader.getRowGroups().get(groupOf(position));
    return group.getRowIndexOffset() + group.getRowCount();
  }

  /**
   * Reads rows of one row group.
   *
   * @param positions in the file, ascending, all in one row group
   */
  public void read(long[] positions, Visitor visitor) throws IOException {
    int number = groupOf(positions[0]);
    BlockMetaData group = reader.getRowGroups().get(number);
    long first = group.getRowIndexOffset();
    long[] rows = Arrays.stream(positions).map(position -> position - first).toArray();
    PageReadStore pages = pages(number, group, rows);
    PageReader page = pages.getPageReader(column);
    float[] dictionary = dictionary(page);
    PrimitiveIterator.OfLong present = pages.getRowIndexes().orElse(null);
    long pageStart = 0;
    int next = 0;
    for (DataPage data = page.readPage(); data != null && next < rows.length; ) {
      EmbeddingPage floats = EmbeddingPage.of(data, column, dictionary);
      if (!floats.startsWithRow()) {
        throw new IOException(uri + ": a row of " + COLUMN + " continues over pages");
      }
      pageStart = present == null ? pageStart : present.nextLong();
      for (; next < rows.length && rows[next] < pageStart + floats.rows(); next++) {
        float[] values = floats.read((int) (rows[next] - pageStart), buffer);
        buffer = values == null ? buffer : values;
        visitor.accept(next, values);
      }
      for (int i = 1; present != null && i < floats.rows(); i++) {
        present.nextLong();
      }
      pageStart += floats.rows();
      data = page.readPage();
    }
  }

  /** All pages of a row group, or only those that hold the rows. */
  private PageReadStore pages(int number, BlockMetaData group, long[] rows) throws IOException {
    OffsetIndex index =
        rows.length == group.getRowCount() ? null : reader.readOffsetIndex(chunk(group));
    if (index == null) {
      return reader.readRowGroup(number);
    }
    int[] wanted = new int[Math.min(rows.length, index.getPageCount())];
    int count = 0;
    int page = 0;
    for (long row : rows) {
      while (index.getLastRowIndex(page, group.getRowCount()) < row) {
        page++;
      }
      if (count == 0 || wanted[count - 1] != page) {
        wanted[count++] = page;
      }
    }
    return reader.readFilteredRowGroup(
        number,
        RowRanges.create(group.getRowCount(), Arrays.stream(wanted, 0, count).iterator(), index));
  }

  private ColumnChunkMetaData chunk(BlockMetaData group) {
    ColumnPath path = ColumnPath.get(column.getPath());
    return group.getColumns().stream()
        .filter(chunk -> chunk.getPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private float[] dictionary(PageReader page) throws IOException {
    DictionaryPage stored = page.readDictionaryPage();
    if (stored == null) {
      return null;
    }
    Dictionary dictionary = stored.getEncoding().initDictionary(column, stored);
    float[] values = new float[dictionary.getMaxId() + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = dictionary.decodeToFloat(i);
    }
    return values;
  }

  private int groupOf(long position) {
    List<BlockMetaData> groups = reader.getRowGroups();
    int number = 0;
    while (position >= groups.get(number).getRowIndexOffset() + groups.get(number).getRowCount()) {
      number++;
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
