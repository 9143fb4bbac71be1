package org.inceptionspark.job.packed;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.inceptionspark.job.storage.SeekableObject;

/**
 * The records of a Hadoop sequence file whose values are {@link BytesWritable}, not compressed,
 * since images hardly shrink. A record's name is its number, and its key if that is text.
 */
final class SequenceFileMembers implements Members {
  /** Length of the count before the bytes. */
  private static final int LENGTH = 4;

  private final SeekableObject file;
  private final SequenceFile.Reader records;
  private final DataOutputBuffer key = new DataOutputBuffer();
  private long number;

  SequenceFileMembers(SeekableObject file) throws IOException {
    this.file = file;
    try {
      this.records =
          new SequenceFile.Reader(
              new Configuration(),
              SequenceFile.Reader.stream(new FSDataInputStream(file)),
              SequenceFile.Reader.length(file.length()));
    } catch (SeekableObject.UnavailableException e) {
      throw e;
    } catch (EOFException e) {
      throw new DamagedException("ends within its header");
    } catch (IOException | RuntimeException e) { // a codec that this machine lacks
      throw DamagedException.unsupported("cannot be opened: " + e.getMessage());
    }
    require(!records.isCompressed(), "is compressed, and images do not shrink: write it without");
    require(
        records.getValueClassName().equals(BytesWritable.class.getName()),
        "has values of " + records.getValueClassName() + ", not BytesWritable");
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw DamagedException.unsupported(otherwise);
    }
  }

  @Override
  public Optional<Member> next() throws IOException {
    long start = records.getPosition();
    SequenceFile.ValueBytes value = records.createValueBytes();
    try {
      key.reset();
      if (records.nextRawKey(key) < 0) {
        return Optional.empty();
      }
      long offset = records.getPosition() + LENGTH;
      int size = records.nextRawValue(value);
      return Optional.of(Member.plain(name(), offset, size - LENGTH));
    } catch (SeekableObject.UnavailableException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedException(
          "is damaged in the record that begins at byte " + start + " of " + file.length());
    }
  }

  private String name() throws IOException {
    String ordinal = String.format(Locale.ROOT, "%08d", number++);
    if (!records.getKeyClassName().equals(Text.class.getName())) {
      return ordinal;
    }
    DataInputBuffer in = new DataInputBuffer();
    in.reset(key.getData(), key.getLength());
    Text text = new Text();
    text.readFields(in);
    return text.getLength() == 0 ? ordinal : ordinal + "/" + text;
  }
}
