package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.weights.ModelFiles;

/**
 * Files on this machine: local ones where they are, remote ones copied until closed. They are
 * opened by name: their folder is not listed.
 */
public final class LocalCopy implements AutoCloseable {
  private final java.nio.file.Path path;
  private final java.nio.file.Path temporary;

  private LocalCopy(java.nio.file.Path path, java.nio.file.Path temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /** For callers that do not check for later changes. */
  public static LocalCopy of(String uri, Configuration hadoop) throws IOException {
    return of(uri, hadoop, new FileVersions());
  }

  /** As {@link #ofFile(String, Configuration, FileVersions)}, likewise. */
  public static LocalCopy ofFile(String uri, Configuration hadoop) throws IOException {
    return ofFile(uri, hadoop, new FileVersions());
  }

  /**
   * A model with all files that belong to it.
   *
   * @param uri a local path, a {@code file:} URI, or any URI that Hadoop can read
   * @param read notes the files
   * @throws IOException if the files cannot be copied; local ones are not looked into
   */
  public static LocalCopy of(String uri, Configuration hadoop, FileVersions read)
      throws IOException {
    return copy(
        uri, hadoop, read, (source, files, to) -> copyModel(new Remote(files, source, to, read)));
  }

  /** One file, as {@link #of(String, Configuration, FileVersions)}. */
  public static LocalCopy ofFile(String uri, Configuration hadoop, FileVersions read)
      throws IOException {
    return copy(
        uri,
        hadoop,
        read,
        (source, files, to) ->
            new Remote(files, source.getParent(), to, read).copy(source.getName()));
  }

  /** Copies what a path stands for to a folder here; returns whether anything was there. */
  private interface Copier {
    boolean copy(Path source, FileSystem files, java.nio.file.Path to) throws IOException;
  }

  private static LocalCopy copy(String uri, Configuration hadoop, FileVersions read, Copier copier)
      throws IOException {
    Optional<java.nio.file.Path> here = NamedFile.onThisMachine(uri, hadoop);
    if (here.isPresent()) {
      for (java.nio.file.Path file : ModelParts.files(here.get())) {
        read.note(file);
      }
      return new LocalCopy(here.get(), null);
    }
    Location there = Location.of(uri, hadoop);
    Path source = there.path();
    java.nio.file.Path directory = Files.createTempDirectory("inception-spark-model");
    LocalCopy copy = new LocalCopy(directory.resolve(source.getName()), directory);
    try {
      if (!copier.copy(source, there.fileSystem(), directory)) {
        throw NamedFile.isBare(uri)
            ? new RunException("neither a file of this machine nor " + source, null)
            : new FileNotFoundException(source.toString());
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  public java.nio.file.Path path() {
    return path;
  }

  private static boolean copyModel(Remote model) throws IOException {
    Path source = model.folder();
    if (isDirectory(source, model.files())) {
      java.nio.file.Path folder = Files.createDirectories(model.to().resolve(source.getName()));
      ModelFiles.copyFolder(folder, model.into(source, folder));
      return true;
    }
    return ModelFiles.copy(
        source.getName(), model.to(), model.into(source.getParent(), model.to()));
  }

  /** A checkpoint is named by its prefix, which is not an object itself. */
  private static boolean isDirectory(Path source, FileSystem files) throws IOException {
    try {
      return files.getFileStatus(source).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** A folder in storage and where its files are copied to. */
  private record Remote(FileSystem files, Path folder, java.nio.file.Path to, FileVersions read)
      implements ModelFiles.Store {

    Remote into(Path source, java.nio.file.Path target) {
      return new Remote(files, source, target, read);
    }

    @Override
    public boolean copy(String name) throws IOException {
      java.nio.file.Path local = to.resolve(name);
      Files.createDirectories(local.getParent());
      Path source = new Path(folder, name);
      try {
        FileStatus status = files.getFileStatus(source);
        read.note(status);
        try (InputStream in =
            FutureIO.awaitFuture(files.openFile(source).withFileStatus(status).build())) {
          Files.copy(in, local);
        }
        return true;
      } catch (FileNotFoundException e) {
        Files.deleteIfExists(local);
        return false;
      }
    }

    @Override
    public List<String> beginningWith(String prefix) throws IOException {
      List<String> names = new ArrayList<>();
      RemoteIterator<FileStatus> all = files.listStatusIterator(folder);
      while (all.hasNext()) {
        String name = all.next().getPath().getName();
        if (name.startsWith(prefix)) {
          names.add(name);
        }
      }
      return names;
    }
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
