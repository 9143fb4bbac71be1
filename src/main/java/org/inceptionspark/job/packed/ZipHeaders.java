package org.inceptionspark.job.packed;

import java.io.IOException;
import java.util.Optional;
import org.inceptionspark.job.storage.SeekableObject;

/**
 * The files of a zip archive without a directory, found by their local headers, up to where it was
 * truncated. Always ends with a {@link DamagedException}.
 */
final class ZipHeaders implements Members {
  private static final int MOST = ZipMember.HEADER + 0xFFFF;
  private static final long ZIP64 = 0xFFFF_FFFFL;

  private final SeekableObject file;
  private final String why;
  private long at;

  /**
   * @param why the directory is missing
   */
  ZipHeaders(SeekableObject file, String why) {
    this.file = file;
    this.why = why;
  }

  @Override
  public Optional<Member> next() throws IOException {
    while (true) {
      ZipMember header = header();
      long offset = at;
      String name = header.name();
      if (header.stored() == ZIP64 || header.isOpenEnded() && header.stored() == 0) {
        throw damaged(" and " + name + " at byte " + offset + " does not say how long it is");
      }
      long stored = header.start() + header.stored();
      if (stored > file.length() - offset) {
        throw damaged(": it ends within " + name + ", which begins at byte " + offset);
      }
      at += stored;
      if (!name.endsWith("/")) {
        String unread = ZipMembers.unread(header.method(), header.isEncrypted());
        return Optional.of(
            unread == null
                ? new Member(name, offset, stored, header.length(), Coding.ZIP, null)
                : Member.unread(name, offset, header.length(), unread));
      }
    }
  }

  private ZipMember header() throws IOException {
    file.seek(Math.min(at, file.length()));
    try {
      return new ZipMember(file.readNBytes(MOST));
    } catch (DamagedException e) {
      throw damaged(": it ends at byte " + Math.min(at, file.length()));
    }
  }

  private DamagedException damaged(String where) {
    return new DamagedException("has no directory (" + why + ")" + where);
  }
}
