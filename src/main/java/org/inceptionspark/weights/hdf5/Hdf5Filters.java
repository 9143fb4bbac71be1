package org.inceptionspark.weights.hdf5;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The filters that were applied to chunks: shuffling, deflate, a checksum.
 *
 * @param ids HDF5's filter numbers, in the order of writing
 */
record Hdf5Filters(List<Integer> ids) {
  static final Hdf5Filters NONE = new Hdf5Filters(List.of());

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER_32 = 3;
  private static final int LZF = 32000;
  private static final int FIRST_NAMED = 256;

  /** A filter pipeline message, versions 1 and 2. */
  static Hdf5Filters parse(ByteCursor message) {
    int version = message.u8();
    int count = message.u8();
    message.skip(version == 1 ? 6 : 0);
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = message.u16();
      int nameLength = version == 1 || id >= FIRST_NAMED ? message.u16() : 0;
      message.skip(2);
      int values = message.u16();
      message.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
      message.skip(4L * values + (version == 1 && values % 2 == 1 ? 4 : 0));
      if (id != DEFLATE && id != SHUFFLE && id != FLETCHER_32) {
        throw message.error(Kind.UNSUPPORTED, "HDF5 filter " + id + (id == LZF ? " (LZF)" : ""));
      }
      ids.add(id);
    }
    return new Hdf5Filters(List.copyOf(ids));
  }

  /**
   * The unfiltered chunk.
   *
   * @param mask a bit for each filter that was skipped
   */
  byte[] undo(ByteCursor stored, int mask, int elementSize, int chunkBytes) {
    byte[] chunk = stored.bytes(stored.remaining());
    for (int i = ids.size() - 1; i >= 0; i--) {
      if ((mask >>> i & 1) == 0) {
        chunk =
            switch (ids.get(i)) {
              case DEFLATE -> inflated(chunk, chunkBytes, stored);
              case SHUFFLE -> unshuffled(chunk, elementSize);
              default -> withoutChecksum(chunk, stored);
            };
      }
    }
    if (chunk.length != chunkBytes) {
      throw stored.error(
          Kind.BAD_STRUCTURE, "a chunk of " + chunk.length + " bytes instead of " + chunkBytes);
    }
    return chunk;
  }

  private static byte[] inflated(byte[] deflated, int chunkBytes, ByteCursor stored) {
    // Room for a checksum that was added before.
    byte[] chunk = new byte[chunkBytes + 4];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      int length = inflater.inflate(chunk);
      if (!inflater.finished()) {
        throw stored.error(Kind.BAD_STRUCTURE, "a compressed chunk is longer or shorter than said");
      }
      return Arrays.copyOf(chunk, length);
    } catch (DataFormatException e) {
      throw stored.error(Kind.BAD_STRUCTURE, "a compressed chunk is damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  /** Undoes shuffling: all first bytes are stored first, then all second ones, and so on. */
  private static byte[] unshuffled(byte[] shuffled, int elementSize) {
    byte[] chunk = new byte[shuffled.length];
    int elements = shuffled.length / elementSize;
    int rest = elements * elementSize;
    for (int i = 0; i < elements; i++) {
      for (int b = 0; b < elementSize; b++) {
        chunk[i * elementSize + b] = shuffled[b * elements + i];
      }
    }
    System.arraycopy(shuffled, rest, chunk, rest, shuffled.length - rest);
    return chunk;
  }

  private static byte[] withoutChecksum(byte[] chunk, ByteCursor stored) {
    if (chunk.length < 4) {
      throw stored.error(Kind.TRUNCATED, "a chunk without its checksum");
    }
    return Arrays.copyOf(chunk, chunk.length - 4);
  }
}
