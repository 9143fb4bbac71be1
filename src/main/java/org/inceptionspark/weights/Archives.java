package org.inceptionspark.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.TemporaryFolder;
import org.inceptionspark.weights.file.UnpackedWeights;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.ZipArchive;

/**
 * Weights in the archives in which they are published: tar, gzipped or not, a gzipped file, or zip.
 */
final class Archives {
  private static final int TAR_MARK_AT = 257;
  private static final byte[] TAR_MARK = {'u', 's', 't', 'a', 'r'};
  private static final int GZIP_MAGIC = 0x8B1F;

  /** Parts of models, which are opened through another file. */
  private static final Pattern PART =
      Pattern.compile(
          ".*\\.data-\\d{5}-of-\\d{5}|.*-(?!00000)\\d{5}-of-\\d{5}|.*\\.meta"
              + "|.*_\\d{5}\\.weights\\.h5");

  private Archives() {}

  static boolean matches(ByteCursor file) {
    return isGzip(file) || isTar(file);
  }

  private static boolean isGzip(ByteCursor file) {
    return file.remaining() > 2 && file.window(0, 2).u16() == GZIP_MAGIC;
  }

  private static boolean isTar(ByteCursor file) {
    return file.remaining() >= 512
        && Arrays.equals(
            file.window(TAR_MARK_AT, TAR_MARK.length).bytes(TAR_MARK.length), TAR_MARK);
  }

  /** Unpacks a tar or gzip file and opens the model in it. */
  static WeightsFile open(Path path, ByteCursor bytes) {
    return open(
        path,
        folder -> {
          try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
              InputStream in =
                  isGzip(bytes) ? new BufferedInputStream(new GZIPInputStream(file)) : file) {
            in.mark(1024);
            byte[] start = in.readNBytes(512);
            in.reset();
            if (isTar(ByteCursor.of(path.toString(), start))) {
              untar(in, folder);
            } else {
              folder.put(path.getFileName().toString().replaceFirst("\\.gz$", ""), in);
            }
          }
        });
  }

  private static void untar(InputStream in, TemporaryFolder folder) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    // An ArchiveEntry, not a TarArchiveEntry, in the commons-compress of Spark 3.5.
    for (ArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (((TarArchiveEntry) entry).isFile()) {
        folder.put(entry.getName(), tar);
      }
    }
  }

  /** Unpacks a zip that is not a model itself. */
  static WeightsFile open(Path path, ZipArchive zip) {
    return open(
        path,
        folder -> {
          for (String name : zip.names()) {
            folder.put(name, zip.stream(name));
          }
        });
  }

  private interface Unpacker {
    void unpack(TemporaryFolder folder) throws IOException;
  }

  private static WeightsFile open(Path path, Unpacker unpacker) {
    try {
      TemporaryFolder folder = TemporaryFolder.create(path.toString());
      try {
        unpacker.unpack(folder);
        return new UnpackedWeights(onlyModel(path, folder), folder);
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new WeightsException(
          Kind.TRUNCATED, path.toString(), "archive cut short or damaged: " + e.getMessage(), e);
    }
  }

  private static WeightsFile onlyModel(Path path, TemporaryFolder folder) throws IOException {
    List<Path> models =
        folder.files().stream()
            .filter(file -> !PART.matcher(file.getFileName().toString()).matches())
            .filter(WeightsOpener::recognises)
            .toList();
    if (models.size() != 1) {
      throw new WeightsException(
          models.isEmpty() ? Kind.NOT_THIS_FORMAT : Kind.UNSUPPORTED,
          path.toString(),
          models.isEmpty()
              ? "an archive without weights in it"
              : "an archive with several models: "
                  + models.stream().limit(5).map(folder::nameOf).toList());
    }
    try {
      return WeightsOpener.open(models.get(0));
    } catch (WeightsException e) {
      throw e.within(path.toString());
    }
  }
}
