package org.inceptionspark.job.packed;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.inceptionspark.job.storage.SeekableObject;
import org.inceptionspark.shims.ZipOffsets;

/**
 * The files of a zip archive, by the directory at its end: nothing else of it is read. A member's
 * range extends from its own header to the next one's.
 */
final class ZipMembers implements Members {
  /** The charset of names that are not marked as UTF-8, by old zip programs. */
  static final Charset NAMES = Charset.forName("IBM437");

  private final Deque<ZipArchiveEntry> entries;
  private final long end;
  private long others;

  private ZipMembers(List<ZipArchiveEntry> entries, long end) {
    this.entries = new ArrayDeque<>(entries);
    this.end = end;
  }

  /** By local headers instead if there is no directory, because the archive is truncated. */
  static Members of(SeekableObject file) throws IOException {
    try {
      return ofDirectory(file);
    } catch (SeekableObject.UnavailableException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library throws both for damage
      return new ZipHeaders(file, e.getMessage());
    }
  }

  /** The library of Spark 3.5 has no builder yet. */
  @SuppressWarnings("deprecation")
  private static Members ofDirectory(SeekableObject file) throws IOException {
    try (ZipFile zip = new ZipFile(new ObjectChannel(file), "", NAMES.name(), true, true)) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
      return new ZipMembers(entries, file.length());
    }
  }

  @Override
  public Optional<Member> next() throws IOException {
    while (!entries.isEmpty()) {
      ZipArchiveEntry entry = entries.removeFirst();
      if (entry.isDirectory()) {
        continue;
      }
      if (entry.isUnixSymlink()) {
        others++;
        continue;
      }
      return Optional.of(member(entry));
    }
    return Optional.empty();
  }

  private Member member(ZipArchiveEntry entry) {
    long offset = ZipOffsets.of(entry);
    long length = entry.getSize();
    String unread = unread(entry.getMethod(), entry.getGeneralPurposeBit().usesEncryption());
    if (unread != null) {
      return Member.unread(entry.getName(), offset, length, unread);
    }
    ZipArchiveEntry next = entries.peekFirst();
    long until = next == null ? afterLast(entry) : ZipOffsets.of(next);
    return new Member(entry.getName(), offset, until - offset, length, Coding.ZIP, null);
  }

  /** The directory's entries follow the last member: the largest possible header is enough. */
  private long afterLast(ZipArchiveEntry entry) {
    long most = ZipMember.HEADER + 2 * 0xFFFFL + entry.getCompressedSize() + 24;
    return Math.min(end, ZipOffsets.of(entry) + most);
  }

  /** Why a member cannot be read; null if it can. */
  static String unread(int method, boolean encrypted) {
    if (encrypted) {
      return "UNSUPPORTED_FORMAT: encrypted in a zip archive";
    }
    return method == ZipMember.STORED || method == ZipMember.DEFLATED
        ? null
        : "UNSUPPORTED_FORMAT: compressed by method " + method + " in a zip archive";
  }

  @Override
  public long others() {
    return others;
  }
}
