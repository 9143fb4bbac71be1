package org.inceptionspark.job.packed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.inceptionspark.job.storage.SeekableObject;

/**
 * The records of a TFRecord file, each a {@code tf.train.Example}. A record is its length (8 bytes,
 * little endian), the masked CRC-32C of that, the bytes, and theirs
 * (tensorflow/core/lib/io/record_writer.h). An image is given as a range of bytes within the
 * record.
 */
final class TfRecordMembers implements Members {
  static final int HEADER = 12;
  private static final int FOOTER = 4;
  private static final int LARGEST = 1 << 29;
  private static final int MASK_DELTA = 0xa282ead8;

  private final SeekableObject file;
  private long number;

  TfRecordMembers(SeekableObject file) {
    this.file = file;
  }

  /** Whether a length matches the checksum that follows it: one in four billion does by chance. */
  static boolean isHeader(ByteBuffer head) {
    return head.getLong(0) >= 0 && masked(head.array(), 0, 8) == head.getInt(8);
  }

  private static int masked(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public Optional<Member> next() throws IOException {
    long start = file.getPos();
    byte[] header = file.readNBytes(HEADER);
    if (header.length == 0) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length < HEADER) {
      throw new DamagedException("ends within the record that begins at byte " + start);
    }
    if (!isHeader(head)) {
      throw new DamagedException("has no record at byte " + start + ": a wrong CRC of its length");
    }
    long length = head.getLong(0);
    String name = String.format(Locale.ROOT, "%08d", number++);
    if (length > file.length() - file.getPos() - FOOTER) {
      throw new DamagedException("ends within the record that begins at byte " + start);
    }
    if (length > LARGEST) {
      file.seek(file.getPos() + length + FOOTER);
      return Optional.of(
          Member.unread(name, start, length, "TOO_LARGE: a record of " + length + " bytes"));
    }
    return Optional.of(member(name, start + HEADER, (int) length));
  }

  private Member member(String name, long start, int length) throws IOException {
    byte[] record = file.readNBytes(length);
    ByteBuffer sum = ByteBuffer.wrap(file.readNBytes(FOOTER)).order(ByteOrder.LITTLE_ENDIAN);
    if (masked(record, 0, length) != sum.getInt(0)) {
      return Member.unread(name, start, length, "CORRUPT: a record with a wrong CRC");
    }
    return ExampleImage.of(record).member(name, start);
  }
}
