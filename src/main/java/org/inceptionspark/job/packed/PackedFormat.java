package org.inceptionspark.job.packed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.inceptionspark.job.storage.SeekableObject;

/** The kinds of packed files that are read, recognised by their first bytes. */
public enum PackedFormat {
  TAR("a tar archive") {
    @Override
    boolean beginsWith(byte[] head) {
      return TarMembers.isHeader(head);
    }

    @Override
    Members open(SeekableObject file) throws IOException {
      return new TarMembers(file);
    }
  },
  ZIP("a zip archive") {
    @Override
    boolean beginsWith(byte[] head) {
      return starts(head, "PK\3\4") || starts(head, "PK\5\6") || starts(head, "PK00PK\3\4");
    }

    @Override
    Members open(SeekableObject file) throws IOException {
      return ZipMembers.of(file);
    }
  },
  SEQUENCE_FILE("a sequence file") {
    @Override
    boolean beginsWith(byte[] head) {
      return starts(head, "SEQ\6");
    }

    @Override
    Members open(SeekableObject file) throws IOException {
      return new SequenceFileMembers(file);
    }
  },
  TFRECORD("a TFRecord file") {
    @Override
    boolean beginsWith(byte[] head) {
      return head.length >= TfRecordMembers.HEADER
          && TfRecordMembers.isHeader(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    Members open(SeekableObject file) {
      return new TfRecordMembers(file);
    }
  };

  /** How much of a file must be examined. */
  private static final int HEAD = 512;

  private final String title;

  PackedFormat(String title) {
    this.title = title;
  }

  /** With its article. */
  public String title() {
    return title;
  }

  abstract boolean beginsWith(byte[] head);

  abstract Members open(SeekableObject file) throws IOException;

  /** The format of a file, if it has one of these. */
  public static Optional<PackedFormat> of(SeekableObject file) throws IOException {
    file.seek(0);
    byte[] head = file.readNBytes(HEAD);
    file.seek(0);
    return Arrays.stream(values()).filter(format -> format.beginsWith(head)).findFirst();
  }

  /** Scans a file of this format. */
  public Members members(SeekableObject file) throws IOException {
    file.seek(0);
    return open(file);
  }

  private static boolean starts(byte[] head, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= bytes.length
        && Arrays.equals(bytes, 0, bytes.length, head, 0, bytes.length);
  }
}
