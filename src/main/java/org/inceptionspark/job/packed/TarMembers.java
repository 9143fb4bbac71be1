package org.inceptionspark.job.packed;

import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.inceptionspark.job.storage.SeekableObject;

/**
 * The files of a tar archive, of whatever dialect (ustar, GNU, pax). Concatenated archives count as
 * one: members after an end mark are not lost.
 */
final class TarMembers implements Members {
  private static final int BLOCK = 512;

  private final SeekableObject file;
  private TarArchiveInputStream archive;
  private long others;
  private long end;

  TarMembers(SeekableObject file) {
    this.file = file;
    this.archive = open();
  }

  /** Whether a block of 512 bytes has the checksum that it claims. */
  static boolean isHeader(byte[] head) {
    try {
      return head.length == BLOCK && head[0] != 0 && TarUtils.verifyCheckSum(head);
    } catch (IllegalArgumentException e) { // not a number where the checksum should be
      return false;
    }
  }

  private TarArchiveInputStream open() {
    return new TarArchiveInputStream(file, BLOCK, BLOCK, "UTF-8");
  }

  @Override
  public Optional<Member> next() throws IOException {
    while (true) {
      TarArchiveEntry entry = entry();
      if (entry == null) {
        return Optional.empty();
      }
      if (isPlainFile(entry)) {
        return Optional.of(member(entry));
      }
      others += entry.isDirectory() ? 0 : 1;
    }
  }

  /** The oldest archives have directories without a type, with a slash after the name. */
  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isDirectory()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isFIFO()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice();
  }

  private Member member(TarArchiveEntry entry) throws IOException {
    long offset = file.getPos();
    if (entry.isSparse()) {
      return Member.unread(
          entry.getName(),
          offset,
          entry.getRealSize(),
          "UNSUPPORTED_FORMAT: a sparse file of a tar archive");
    }
    if (entry.getSize() > file.length() - offset) {
      throw new DamagedException(
          "ends within " + entry.getName() + ", which begins at byte " + offset);
    }
    end = blocks(offset + entry.getSize());
    return Member.plain(entry.getName(), offset, entry.getSize());
  }

  private TarArchiveEntry entry() throws IOException {
    long at = file.getPos();
    try {
      TarArchiveEntry entry = nextEntry();
      TarArchiveEntry found = entry == null ? behindTheEnd() : entry;
      if (found != null && !found.isCheckSumOK()) { // the library leaves that to its users
        throw new DamagedException("has a header with a wrong checksum after byte " + at);
      }
      return found;
    } catch (SeekableObject.UnavailableException | DamagedException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library throws both for damage
      throw damaged(at, e);
    }
  }

  /** Its type is wider in the library that comes with Spark 3.5. */
  private TarArchiveEntry nextEntry() throws IOException {
    ArchiveEntry entry = archive.getNextEntry();
    return (TarArchiveEntry) entry;
  }

  private static DamagedException damaged(long at, Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new DamagedException("is damaged after byte " + at + ": " + why);
  }

  /** The first entry of an archive that follows, however many blocks of zeros are between. */
  private TarArchiveEntry behindTheEnd() throws IOException {
    if (file.getPos() <= end) {
      throw new DamagedException("ends without its end mark, at byte " + file.length());
    }
    file.seek(Math.min(blocks(file.getPos()), file.length()));
    while (file.getPos() < file.length()) {
      long start = file.getPos();
      byte[] block = file.readNBytes(BLOCK);
      if (!isZero(block)) {
        if (!isHeader(block)) {
          throw new DamagedException("has something else after its end, at byte " + start);
        }
        file.seek(start);
        archive = open();
        return nextEntry();
      }
    }
    return null;
  }

  private static long blocks(long position) {
    return (position + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long others() {
    return others;
  }
}
