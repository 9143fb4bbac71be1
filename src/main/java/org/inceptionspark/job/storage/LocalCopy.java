package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model's files on this machine: local ones where they are, remote ones copied until closed. A
 * model may be several files, so those that belong together come together.
 */
public final class LocalCopy implements AutoCloseable {
  private final java.nio.file.Path path;
  private final java.nio.file.Path temporary;

  private LocalCopy(java.nio.file.Path path, java.nio.file.Path temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * @param uri a local path, a {@code file:} URI, or any URI that Hadoop can read
   * @throws IOException if the files cannot be copied; local ones are not looked at
   */
  public static LocalCopy of(String uri, Configuration hadoop) throws IOException {
    Path source = new Path(uri);
    String scheme = source.toUri().getScheme();
    if (scheme == null || scheme.equals("file")) {
      String local = scheme == null ? uri : source.toUri().getPath();
      return new LocalCopy(java.nio.file.Path.of(local), null);
    }
    java.nio.file.Path directory = Files.createTempDirectory("inception-spark-model");
    LocalCopy copy = new LocalCopy(directory.resolve(source.getName()), directory);
    try {
      copy.download(source, source.getFileSystem(hadoop));
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  public java.nio.file.Path path() {
    return path;
  }

  private void download(Path source, FileSystem fileSystem) throws IOException {
    boolean directory = isDirectory(source, fileSystem);
    java.nio.file.Path target = directory ? Files.createDirectories(path) : temporary;
    List<FileStatus> files =
        Arrays.stream(fileSystem.listStatus(directory ? source : source.getParent()))
            .filter(FileStatus::isFile)
            .filter(file -> directory || belongsTo(source.getName(), file.getPath().getName()))
            .toList();
    Path variables = new Path(directory ? source : source.getParent(), "variables");
    boolean savedModel =
        (directory || source.getName().equals("saved_model.pb"))
            && isDirectory(variables, fileSystem);
    if (files.isEmpty() && !savedModel) {
      throw new FileNotFoundException(source.toString());
    }
    copy(files, target, fileSystem);
    if (savedModel) {
      List<FileStatus> shards =
          Arrays.stream(fileSystem.listStatus(variables)).filter(FileStatus::isFile).toList();
      copy(shards, Files.createDirectories(target.resolve("variables")), fileSystem);
    }
  }

  private static void copy(List<FileStatus> files, java.nio.file.Path target, FileSystem fileSystem)
      throws IOException {
    for (FileStatus file : files) {
      java.nio.file.Path local = target.resolve(file.getPath().getName());
      fileSystem.copyToLocalFile(false, file.getPath(), new Path(local.toUri()), true);
    }
  }

  /** A checkpoint is named by its prefix, which is no object itself. */
  private static boolean isDirectory(Path source, FileSystem fileSystem) throws IOException {
    try {
      return fileSystem.getFileStatus(source).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** {@code model.json} lists shards of any name; a checkpoint's files share its prefix. */
  private static boolean belongsTo(String model, String name) {
    String prefix = model.replaceAll("(\\.index|\\.data-\\d{5}-of-\\d{5}|-\\d{5}-of-\\d{5})$", "");
    return model.endsWith(".json") || name.startsWith(prefix);
  }

  @Override
  public void close() throws IOException {
    if (temporary == null) {
      return;
    }
    try (Stream<java.nio.file.Path> files = Files.walk(temporary)) {
      files.sorted(Comparator.reverseOrder()).forEach(LocalCopy::delete);
    }
  }

  private static void delete(java.nio.file.Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
