package org.inceptionspark.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * A little-endian window on a file's bytes with a cursor. Every access is checked against what is
 * there, so a length read from the file is never trusted before anything is allocated.
 */
public final class ByteCursor {
  private final String file;
  private final ByteBuffer buffer;
  private final long origin;

  private ByteCursor(String file, ByteBuffer buffer, long origin) {
    this.file = file;
    this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    this.origin = origin;
  }

  /** Maps a whole file; its pages are read when they are touched. */
  public static ByteCursor map(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new WeightsException(
            Kind.UNSUPPORTED, path.toString(), "larger than 2 GiB: " + channel.size() + " bytes");
      }
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new ByteCursor(path.toString(), mapped, 0);
    } catch (NoSuchFileException e) {
      throw new WeightsException(Kind.UNREADABLE, path.toString(), "no such file", e);
    } catch (IOException e) {
      throw new WeightsException(Kind.UNREADABLE, path.toString(), "cannot be read: " + e, e);
    }
  }

  public static ByteCursor of(String file, byte[] bytes) {
    return new ByteCursor(file, ByteBuffer.wrap(bytes), 0);
  }

  public String file() {
    return file;
  }

  public int remaining() {
    return buffer.remaining();
  }

  /** Where the cursor is in the file, for messages. */
  public long position() {
    return origin + buffer.position();
  }

  public int u8() {
    need(1);
    return buffer.get() & 0xFF;
  }

  public int u16() {
    need(2);
    return buffer.getShort() & 0xFFFF;
  }

  public int i32() {
    need(4);
    return buffer.getInt();
  }

  public long u32() {
    return i32() & 0xFFFF_FFFFL;
  }

  public long i64() {
    need(8);
    return buffer.getLong();
  }

  /** An unsigned number in base 128, least significant group first, as protobuf and LevelDB do. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int group = u8();
      value |= (long) (group & 0x7F) << shift;
      if (group < 0x80) {
        return value;
      }
    }
    throw error(Kind.BAD_STRUCTURE, "a number of more than 10 bytes before offset " + position());
  }

  /** The bytes of the next {@link #varint}. */
  ByteCursor takeVarint() {
    int start = buffer.position();
    varint();
    int length = buffer.position() - start;
    return new ByteCursor(file, buffer.slice(start, length), origin + start);
  }

  /** The next {@code length} bytes as a window of their own; the cursor moves past them. */
  public ByteCursor take(long length) {
    need(length);
    ByteCursor window =
        new ByteCursor(file, buffer.slice(buffer.position(), (int) length), position());
    buffer.position(buffer.position() + (int) length);
    return window;
  }

  /** A window at an offset from this window's start, whatever the cursor. */
  public ByteCursor window(long offset, long length) {
    if (offset < 0 || length < 0) {
      throw error(
          Kind.BAD_STRUCTURE, "a range of " + length + " bytes at " + offset + " cannot be");
    }
    if (offset > buffer.limit() || length > buffer.limit() - offset) {
      throw error(
          Kind.TRUNCATED,
          length
              + " bytes at offset "
              + offset
              + " are needed, but only "
              + buffer.limit()
              + " are there");
    }
    return new ByteCursor(file, buffer.slice((int) offset, (int) length), origin + offset);
  }

  /** The whole window again, with its cursor at the start. */
  public ByteCursor rewound() {
    return window(0, buffer.limit());
  }

  public byte[] bytes(long length) {
    need(length);
    byte[] copy = new byte[(int) length];
    buffer.get(copy);
    return copy;
  }

  public String utf8(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Strictly decoded text: names that differ in bytes stay different. */
  String strictUtf8(long length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length))).toString();
    } catch (CharacterCodingException e) {
      throw error(Kind.BAD_STRUCTURE, "text that is not UTF-8");
    }
  }

  public void skip(long length) {
    need(length);
    buffer.position(buffer.position() + (int) length);
  }

  /** The rest, as a little-endian buffer with a cursor of its own. */
  public ByteBuffer buffer() {
    return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  public WeightsException error(Kind kind, String detail) {
    return new WeightsException(kind, file, detail);
  }

  private void need(long length) {
    if (length < 0) {
      throw error(Kind.BAD_STRUCTURE, "negative length " + length + " at offset " + position());
    }
    if (length > buffer.remaining()) {
      throw error(
          Kind.TRUNCATED,
          length
              + " bytes are needed at offset "
              + position()
              + ", but only "
              + buffer.remaining()
              + " are there");
    }
  }
}
