package org.inceptionspark.search.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;

/**
 * One page of a column of lists of floats, decoded row by row. Plain floats, and floats in a
 * dictionary (as for float16 embeddings), are copied; other encodings go through Parquet's own
 * readers.
 */
final class EmbeddingPage {
  private final ListLevels lists;
  private final Values values;
  private int row = -1;

  private EmbeddingPage(ListLevels lists, Values values) {
    this.lists = lists;
    this.values = values;
  }

  /** The values of a page in order. */
  interface Values {
    void read(float[] target);

    void skip(int count);
  }

  /**
   * @param dictionary of the column, or null if it has none
   */
  static EmbeddingPage of(DataPage page, ColumnDescriptor column, float[] dictionary)
      throws IOException {
    return page.accept(
        new DataPage.Visitor<EmbeddingPage>() {
          @Override
          public EmbeddingPage visit(DataPageV1 first) {
            ByteBuffer bytes = littleEndian(first.getBytes());
            ByteBuffer repetition = prefixed(bytes);
            ByteBuffer definition = prefixed(bytes);
            return decode(repetition, definition, first.getValueEncoding(), bytes);
          }

          @Override
          public EmbeddingPage visit(DataPageV2 second) {
            return decode(
                littleEndian(second.getRepetitionLevels()),
                littleEndian(second.getDefinitionLevels()),
                second.getDataEncoding(),
                littleEndian(second.getData()));
          }

          private EmbeddingPage decode(
              ByteBuffer repetition, ByteBuffer definition, Encoding encoding, ByteBuffer data) {
            int count = page.getValueCount();
            ListLevels lists =
                ListLevels.read(repetition, definition, column.getMaxDefinitionLevel(), count);
            return new EmbeddingPage(lists, values(encoding, data, count));
          }

          private Values values(Encoding encoding, ByteBuffer data, int count) {
            if (encoding == Encoding.PLAIN) {
              return new PlainValues(data);
            }
            if (encoding.usesDictionary()) {
              return new DictionaryValues(dictionary, data);
            }
            ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
            try {
              reader.initFromPage(count, ByteBufferInputStream.wrap(data));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return new EncodedValues(reader);
          }
        });
  }

  int rows() {
    return lists.rows();
  }

  boolean startsWithRow() {
    return lists.startsWithRow();
  }

  /**
   * Moves to a row of the page, not before the last one.
   *
   * @param buffer used if it has the row's length
   * @return the row's floats; null for a row without any
   */
  float[] read(int wanted, float[] buffer) {
    int between = 0;
    for (row++; row < wanted; row++) {
      between += lists.values(row);
    }
    values.skip(between);
    int length = lists.values(row);
    if (!lists.whole(row)) {
      values.skip(length);
      return null;
    }
    float[] target = buffer != null && buffer.length == length ? buffer : new float[length];
    values.read(target);
    return target;
  }

  private static ByteBuffer littleEndian(BytesInput input) {
    try {
      return input.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The levels of a first-version page are preceded by their length. */
  private static ByteBuffer prefixed(ByteBuffer page) {
    int length = page.getInt();
    ByteBuffer levels = page.slice(page.position(), length);
    page.position(page.position() + length);
    return levels;
  }

  private record PlainValues(ByteBuffer bytes) implements Values {
    @Override
    public void read(float[] target) {
      bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target);
      skip(target.length);
    }

    @Override
    public void skip(int count) {
      bytes.position(bytes.position() + count * Float.BYTES);
    }
  }

  private record EncodedValues(ValuesReader reader) implements Values {
    @Override
    public void read(float[] target) {
      for (int i = 0; i < target.length; i++) {
        target[i] = reader.readFloat();
      }
    }

    @Override
    public void skip(int count) {
      reader.skip(count);
    }
  }
}
