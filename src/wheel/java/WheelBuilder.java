import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the Python package and the jar into a wheel, without Python: a wheel is a zip with a list of
 * its files (PEP 427). The same sources give the same bytes.
 * Usage: java WheelBuilder.java SOURCES JAR VERSION LICENSE TARGET-DIRECTORY
 */
final class WheelBuilder implements AutoCloseable {
  private static final String NAME = "inceptionspark";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final StringBuilder record = new StringBuilder();
  private final Set<String> folders = new HashSet<>();

  private WheelBuilder(OutputStream file) {
    zip = new ZipOutputStream(file);
  }

  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path jar = Path.of(args[1]);
    String version = args[2].replace("-SNAPSHOT", ".dev0"); // as PEP 440 has it
    String info = NAME + "-" + version + ".dist-info/";
    Path wheel = Path.of(args[4], NAME + "-" + version + "-py3-none-any.whl");
    try (WheelBuilder builder = new WheelBuilder(Files.newOutputStream(wheel))) {
      for (Path source : sources(sources)) {
        builder.add(sources.relativize(source).toString().replace('\\', '/'), Files.readAllBytes(source));
      }
      builder.add(NAME + "/jars/" + jar.getFileName(), Files.readAllBytes(jar));
      builder.add(info + "licenses/LICENSE", Files.readAllBytes(Path.of(args[3])));
      builder.add(info + "METADATA", metadata(version));
      builder.add(
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: inception-spark\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      builder.finish(info + "RECORD");
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*(\\.py|[/\\\\]py\\.typed)"))
          .sorted()
          .toList();
    }
  }

  private static String metadata(String version) {
    return String.join(
        "\n",
        "Metadata-Version: 2.4",
        "Name: " + NAME,
        "Version: " + version,
        "Summary: Labels and embeddings of millions of images: Inception V3 on Apache Spark",
        "License-Expression: Apache-2.0",
        "License-File: LICENSE",
        "Requires-Python: >=3.10",
        "Requires-Dist: numpy",
        "Requires-Dist: pandas",
        "Requires-Dist: pyarrow",
        "Provides-Extra: spark",
        "Requires-Dist: pyspark<4.4,>=4.1; extra == 'spark'",
        "");
  }

  private void add(String name, String text) throws IOException {
    add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, byte[] bytes) throws IOException {
    String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes));
    record.append(name).append(",sha256=").append(hash).append(',').append(bytes.length).append('\n');
    write(name, bytes);
  }

  /** The list contains itself, without a digest. */
  private void finish(String name) throws IOException {
    record.append(name).append(",,\n");
    write(name, record.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      addFolder(name.substring(0, slash + 1));
    }
    put(name, bytes);
  }

  /** Python before 3.13 finds a package without an __init__.py in a zip only by its folder's entry. */
  private void addFolder(String name) throws IOException {
    if (folders.add(name)) {
      put(name, new byte[0]);
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
