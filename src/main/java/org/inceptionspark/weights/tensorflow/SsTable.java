package org.inceptionspark.weights.tensorflow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * A table of sorted records in LevelDB's layout, which both TensorFlow checkpoint formats use: data
 * blocks, an index block of their positions, a footer. Every block's checksum is verified.
 */
public final class SsTable {
  /** Takes the records in key order; the value is a window on the table. */
  interface Visitor {
    void record(byte[] key, ByteCursor value);
  }

  private static final long MAGIC = 0xDB4775248B80FB57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;

  /** Protobuf's tag of field 1 as a message. */
  private static final int TENSOR_LIST = 0x0A;

  /**
   * Far above any checkpoint's; they bound the memory that a hostile table can cause a reader to
   * use.
   */
  private static final int LONGEST_KEY = 4096;

  private static final int MOST_RECORDS = 200_000;

  private final ByteCursor file;
  private byte[] previousKey;
  private int records;
  private long endOfBlocks;

  private SsTable(ByteCursor file) {
    this.file = file;
  }

  /** Whether the last eight bytes are a table's. */
  public static boolean matches(ByteCursor file) {
    int size = file.remaining();
    return size >= FOOTER && file.window(size - 8L, 8).i64() == MAGIC;
  }

  /** Visits every record. */
  static void scan(ByteCursor file, Visitor visitor) {
    if (!matches(file)) {
      throw file.error(Kind.NOT_THIS_FORMAT, "does not end as a TensorFlow checkpoint does");
    }
    new SsTable(file).scan(visitor);
  }

  /**
   * Whether this is a V1 checkpoint rather than the index of a V2 one: its first record starts with
   * a message, the list of tensors, and not with a number of files.
   */
  public static boolean startsWithTensorList(ByteCursor file) {
    boolean[] list = new boolean[1];
    SsTable table = new SsTable(file);
    table.first(
        table.index(),
        (lastKey, handle) ->
            table.first(
                table.handle(handle),
                (key, value) -> list[0] = value.remaining() > 0 && value.u8() == TENSOR_LIST));
    return list[0];
  }

  private void first(ByteCursor block, Visitor visitor) {
    ByteCursor body = entriesOf(contents(block));
    if (body.remaining() > 0) {
      entry(body, new byte[0], visitor);
    }
  }

  private ByteCursor index() {
    ByteCursor footer = file.window(file.remaining() - (long) FOOTER, FOOTER);
    handle(footer);
    return handle(footer);
  }

  private void scan(Visitor visitor) {
    entries(
        contents(index()),
        (lastKey, value) -> {
          ByteCursor block = handle(value);
          if (block.position() < endOfBlocks) {
            throw file.error(Kind.BAD_STRUCTURE, "data blocks overlap at " + block.position());
          }
          endOfBlocks = block.position() + block.remaining();
          entries(
              contents(block),
              (key, record) -> {
                checkOrder(key);
                visitor.record(key, record);
              });
        });
  }

  /** A block with its trailer, from the offset and size that come next. */
  private ByteCursor handle(ByteCursor in) {
    long offset = in.varint();
    long size = in.varint();
    if (size < 0 || size > Integer.MAX_VALUE - TRAILER) {
      throw file.error(Kind.BAD_STRUCTURE, "a block claims " + size + " bytes");
    }
    return file.window(offset, size + TRAILER);
  }

  /** Verifies a block's checksum and undoes its compression. */
  private ByteCursor contents(ByteCursor block) {
    long at = block.position();
    int size = block.remaining() - TRAILER;
    int expected = block.window(size + 1L, 4).i32();
    if (maskedChecksum(block.window(0, size + 1L).buffer()) != expected) {
      throw file.error(Kind.BAD_CHECKSUM, "checksum of the block at offset " + at + " is wrong");
    }
    ByteCursor body = block.take(size);
    int compression = block.u8();
    return switch (compression) {
      case 0 -> body;
      case 1 -> ByteCursor.of(file.file(), Snappy.decompress(body));
      default ->
          throw file.error(
              Kind.UNSUPPORTED, "block compression " + compression + " at offset " + at);
    };
  }

  /** Entries come first; restart offsets and their count end the block. */
  private ByteCursor entriesOf(ByteCursor block) {
    int size = block.remaining();
    long restarts = size < 4 ? -1 : block.window(size - 4L, 4).u32();
    if (restarts < 0 || restarts > (size - 4) / 4) {
      throw file.error(
          Kind.BAD_STRUCTURE, restarts + " restart points in a block of " + size + " bytes");
    }
    return block.window(0, size - 4 - 4 * restarts);
  }

  private void entries(ByteCursor block, Visitor visitor) {
    ByteCursor body = entriesOf(block);
    byte[] key = new byte[0];
    while (body.remaining() > 0) {
      key = entry(body, key, visitor);
    }
  }

  private byte[] entry(ByteCursor body, byte[] previous, Visitor visitor) {
    long shared = body.varint();
    long unshared = body.varint();
    long valueLength = body.varint();
    byte[] key = nextKey(previous, shared, unshared, body);
    visitor.record(key, body.take(valueLength));
    return key;
  }

  private byte[] nextKey(byte[] previous, long shared, long unshared, ByteCursor body) {
    boolean possible = shared >= 0 && shared <= previous.length && unshared >= 0;
    if (!possible || unshared > LONGEST_KEY - shared || ++records > MOST_RECORDS) {
      throw file.error(
          Kind.BAD_STRUCTURE,
          "record "
              + records
              + " shares "
              + shared
              + " bytes of a key of "
              + previous.length
              + " and adds "
              + unshared);
    }
    byte[] key = Arrays.copyOf(previous, (int) (shared + unshared));
    System.arraycopy(body.bytes(unshared), 0, key, (int) shared, (int) unshared);
    return key;
  }

  private void checkOrder(byte[] key) {
    if (previousKey != null && Arrays.compareUnsigned(previousKey, key) >= 0) {
      throw file.error(
          Kind.BAD_STRUCTURE,
          "key " + new String(key, StandardCharsets.UTF_8) + " is out of order");
    }
    previousKey = key;
  }

  /** CRC-32C rotated and shifted, as LevelDB stores it so that sums of sums stay sound. */
  static int maskedChecksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }
}
