package org.inceptionspark.job.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.inceptionspark.job.packed.Coding.Inflated;

/**
 * A member of a zip archive with its local header. Its fields, little endian: signature, version,
 * flags, method, time, date, CRC-32, stored and real length, length of name and of extra. The
 * lengths come from the directory, or from what precedes {@link Coding#ZIP} bytes.
 */
final class ZipMember {
  static final int SIGNATURE = 0x04034b50;
  static final int HEADER = 30;
  static final int STORED = 0;
  static final int DEFLATED = 8;
  private static final int CRC = 14;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int ENCRYPTED = 1;
  private static final int DESCRIPTOR = 8;
  private static final int UTF8 = 1 << 11;

  private final ByteBuffer header;

  /**
   * @param bytes from the signature on
   */
  ZipMember(byte[] bytes) throws DamagedException {
    header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER || header.getInt(0) != SIGNATURE) {
      throw new DamagedException("has no header of a zip member");
    }
  }

  int method() {
    return Short.toUnsignedInt(header.getShort(8));
  }

  private int flags() {
    return Short.toUnsignedInt(header.getShort(6));
  }

  boolean isEncrypted() {
    return (flags() & ENCRYPTED) != 0;
  }

  /** Whether its lengths follow it in a descriptor. */
  boolean isOpenEnded() {
    return (flags() & DESCRIPTOR) != 0;
  }

  long stored() {
    return Integer.toUnsignedLong(header.getInt(18));
  }

  long length() {
    return Integer.toUnsignedLong(header.getInt(22));
  }

  /** The length of header, name and extra. */
  int start() {
    return HEADER
        + Short.toUnsignedInt(header.getShort(26))
        + Short.toUnsignedInt(header.getShort(28));
  }

  String name() {
    int length = Math.min(Short.toUnsignedInt(header.getShort(26)), header.capacity() - HEADER);
    return new String(
        header.array(),
        HEADER,
        length,
        (flags() & UTF8) != 0 ? StandardCharsets.UTF_8 : ZipMembers.NAMES);
  }

  /** For a member whose bytes are complete and whose directory entry says that it can be read. */
  static byte[] bytes(byte[] stored, int length) throws DamagedException {
    ZipMember member = new ZipMember(stored);
    int start = member.start();
    if (start > stored.length || member.method() == STORED && stored.length - start < length) {
      throw new DamagedException("ends before its " + length + " bytes");
    }
    Inflated bytes =
        switch (member.method()) {
          case STORED -> new Inflated(Arrays.copyOfRange(stored, start, start + length), length);
          case DEFLATED -> Coding.inflated(stored, start, length);
          default -> throw new DamagedException("is compressed by method " + member.method());
        };
    if (Coding.crc32(bytes.bytes()) != member.crc(start + bytes.taken())) {
      throw new DamagedException("does not have its CRC-32");
    }
    return bytes.bytes();
  }

  /**
   * @param end of the stored bytes, where a descriptor may be
   */
  private long crc(int end) throws DamagedException {
    int at = CRC;
    if (isOpenEnded()) {
      boolean signed = end + 8 <= header.capacity() && header.getInt(end) == DESCRIPTOR_SIGNATURE;
      at = signed ? end + 4 : end;
    }
    if (at + 4 > header.capacity()) {
      throw new DamagedException("ends before its CRC-32");
    }
    return Integer.toUnsignedLong(header.getInt(at));
  }
}
