package org.inceptionspark.weights.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** A zip file whose entries are read whole, sizes bounded and checksums verified. */
public final class ZipArchive implements AutoCloseable {
  private static final int MAGIC = 0x04034B50;

  /** The most that Deflate can expand a byte to. */
  private static final long LARGEST_RATIO = 1100;

  private final String file;
  private final ZipFile zip;

  private ZipArchive(String file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  public static boolean matches(ByteCursor bytes) {
    return bytes.remaining() >= 4 && bytes.window(0, 4).i32() == MAGIC;
  }

  /**
   * Opens the archive.
   *
   * @throws WeightsException DUPLICATE if two entries have the same name: readers differ in which
   *     of them they take
   */
  public static ZipArchive open(Path path) {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      ZipArchive archive = new ZipArchive(path.toString(), zip);
      Set<String> names = new HashSet<>();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!names.add(entry.getName())) {
          archive.close();
          throw archive.error(Kind.DUPLICATE, entry, "occurs twice");
        }
      }
      return archive;
    } catch (IOException e) {
      throw new WeightsException(
          Kind.TRUNCATED,
          path.toString(),
          "zip archive cut short or damaged: " + e.getMessage(),
          e);
    }
  }

  public String file() {
    return file;
  }

  /** Names of all entries that are files. */
  public List<String> names() {
    return zip.stream().filter(each -> !each.isDirectory()).map(ZipEntry::getName).toList();
  }

  /** The entry's bytes; empty if there is none of that name. */
  public Optional<ByteCursor> read(String name) {
    ZipEntry entry = zip.getEntry(name);
    return entry == null ? Optional.empty() : Optional.of(ByteCursor.of(file, contents(entry)));
  }

  /** The entry's bytes for copying, not yet verified against its checksum. */
  public InputStream stream(String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name));
  }

  private byte[] contents(ZipEntry entry) {
    long size = entry.getSize();
    long stored = entry.getCompressedSize();
    if (size < 0 || size > Integer.MAX_VALUE - 8 || size > stored * LARGEST_RATIO) {
      throw error(Kind.BAD_STRUCTURE, entry, "claims " + size + " bytes from " + stored);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] contents = in.readNBytes((int) size);
      if (contents.length != size || in.read() >= 0) {
        throw error(
            Kind.BAD_STRUCTURE, entry, "is not as long as the " + size + " bytes it claims");
      }
      CRC32 crc = new CRC32();
      crc.update(contents);
      if (crc.getValue() != entry.getCrc()) {
        throw error(Kind.BAD_CHECKSUM, entry, "has a wrong checksum");
      }
      return contents;
    } catch (IOException e) {
      throw error(Kind.BAD_STRUCTURE, entry, "cannot be read: " + e.getMessage());
    }
  }

  private WeightsException error(Kind kind, ZipEntry entry, String detail) {
    return new WeightsException(kind, file, "zip entry " + entry.getName() + " " + detail);
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new WeightsException(Kind.UNREADABLE, file, "cannot be closed: " + e, e);
    }
  }
}
