package org.inceptionspark.weights.hdf5;

import java.util.Arrays;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** The bytes of an HDF5 file from its superblock on, which is where addresses count from. */
public final class Hdf5Image {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int FIRST_USER_BLOCK = 512;
  private static final int WIDE = 8;

  private final ByteCursor bytes;
  private final long root;

  private Hdf5Image(ByteCursor bytes, long root) {
    this.bytes = bytes;
    this.root = root;
  }

  /**
   * Whether an HDF5 signature is at the start or after a user block whose size is a power of two.
   */
  public static boolean matches(ByteCursor file) {
    return start(file) >= 0;
  }

  private static long start(ByteCursor file) {
    for (long at = 0; at + SIGNATURE.length <= file.remaining(); at = next(at)) {
      if (Arrays.equals(file.window(at, SIGNATURE.length).bytes(SIGNATURE.length), SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  private static long next(long at) {
    return at == 0 ? FIRST_USER_BLOCK : 2 * at;
  }

  /** Reads the superblock, versions 0 to 3 with addresses of 8 bytes. */
  static Hdf5Image open(ByteCursor file) {
    long start = start(file);
    ByteCursor bytes = file.window(start, file.remaining() - start);
    bytes.skip(SIGNATURE.length);
    int version = bytes.u8();
    if (version > 3) {
      throw bytes.error(Kind.UNSUPPORTED, "HDF5 superblock version " + version);
    }
    bytes.skip(version < 2 ? 4 : 0);
    int offsetSize = bytes.u8();
    int lengthSize = bytes.u8();
    if (offsetSize != WIDE || lengthSize != WIDE) {
      throw bytes.error(
          Kind.UNSUPPORTED, "HDF5 addresses of " + offsetSize + " and " + lengthSize + " bytes");
    }
    // Versions 0 and 1: tree ranks and flags; 2 and 3: flags.
    bytes.skip(version == 0 ? 9 : version == 1 ? 13 : 1);
    long base = bytes.i64();
    bytes.skip(WIDE);
    long end = bytes.i64();
    bytes.skip(version < 2 ? 2 * WIDE : 0);
    long root = bytes.i64();
    checkExtent(bytes, base, start, end);
    return new Hdf5Image(bytes, root);
  }

  private static void checkExtent(ByteCursor bytes, long base, long start, long end) {
    long size = bytes.rewound().remaining();
    if (base != start && base != 0) {
      throw bytes.error(Kind.UNSUPPORTED, "HDF5 base address " + base);
    }
    if (end - base > size) {
      throw bytes.error(
          Kind.TRUNCATED, "the file says it has " + (end - base) + " bytes, found " + size);
    }
  }

  String file() {
    return bytes.file();
  }

  /** Address of the root group's object header. */
  long root() {
    return root;
  }

  /** The bytes from an address to the end. */
  ByteCursor at(long address) {
    int size = bytes.rewound().remaining();
    if (address < 0 || address > size) {
      throw error(
          Kind.BAD_STRUCTURE,
          "address " + Long.toUnsignedString(address) + " in a file of " + size + " bytes");
    }
    return bytes.window(address, size - address);
  }

  /** The bytes after a four-letter signature that must be at an address. */
  ByteCursor signed(long address, String signature) {
    ByteCursor block = at(address);
    String found = block.utf8(4);
    if (!found.equals(signature)) {
      throw error(Kind.BAD_STRUCTURE, "no " + signature + " block at address " + address);
    }
    return block;
  }

  WeightsException error(Kind kind, String detail) {
    return bytes.error(kind, detail);
  }
}
