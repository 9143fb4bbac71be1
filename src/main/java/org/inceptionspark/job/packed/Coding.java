package org.inceptionspark.job.packed;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the bytes of a member are stored in its file. */
public enum Coding {
  /** As they are. */
  PLAIN {
    @Override
    byte[] decode(byte[] stored, int length) throws DamagedException {
      if (stored.length != length) {
        throw new DamagedException("has " + stored.length + " bytes of " + length);
      }
      return stored;
    }
  },
  /** After a local header, as in a zip archive: stored or deflated. */
  ZIP {
    @Override
    byte[] decode(byte[] stored, int length) throws DamagedException {
      return ZipMember.bytes(stored, length);
    }
  };

  /**
   * The member itself.
   *
   * @param length of the member; never more is allocated
   * @throws DamagedException if these are not the bytes of a member of this length
   */
  abstract byte[] decode(byte[] stored, int length) throws DamagedException;

  /** The output of raw DEFLATE, and how many bytes it consumed. */
  record Inflated(byte[] bytes, int taken) {}

  static Inflated inflated(byte[] stored, int from, int length) throws DamagedException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored, from, stored.length - from);
      byte[] bytes = new byte[length];
      int done = 0;
      while (done < length && !inflater.finished()) {
        int more = inflater.inflate(bytes, done, length - done);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        done += more;
      }
      if (done < length || !inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw new DamagedException("does not inflate to its " + length + " bytes");
      }
      return new Inflated(bytes, (int) inflater.getBytesRead());
    } catch (DataFormatException e) {
      throw new DamagedException("does not inflate: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  static long crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
