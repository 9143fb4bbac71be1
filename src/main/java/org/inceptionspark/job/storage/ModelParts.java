package org.inceptionspark.job.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.weights.ModelFiles;

/** The files of this machine that one name on the command line means. */
public final class ModelParts {
  private ModelParts() {}

  /**
   * A file with those that belong to it, the files of a checkpoint by its prefix, or a directory.
   *
   * @return none if there is none
   */
  public static List<Path> of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return List.of(path);
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    return found(
        folder, (links, store) -> ModelFiles.copy(path.getFileName().toString(), links, store));
  }

  /** Like {@link #of}, with the files of a directory in place of the directory. */
  static List<Path> files(Path path) throws IOException {
    return Files.isDirectory(path) ? found(path, ModelFiles::copyFolder) : of(path);
  }

  private interface Search {
    void look(Path links, ModelFiles.Store store) throws IOException;
  }

  private static List<Path> found(Path folder, Search search) throws IOException {
    Path links = Files.createTempDirectory("inception-spark-parts");
    try {
      Found found = new Found(folder, links, new ArrayList<>());
      search.look(links, found);
      return List.copyOf(found.files());
    } finally {
      try (Stream<Path> all = Files.walk(links)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Records what is requested, and gives links instead of copies. */
  private record Found(Path folder, Path links, List<Path> files) implements ModelFiles.Store {
    @Override
    public boolean copy(String name) throws IOException {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return false;
      }
      Path link = links.resolve(name);
      if (!Files.exists(link)) {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, file);
        files.add(file);
      }
      return true;
    }

    @Override
    public List<String> beginningWith(String prefix) throws IOException {
      try (Stream<Path> all = Files.list(folder)) {
        return all.map(file -> file.getFileName().toString())
            .filter(name -> name.startsWith(prefix))
            .sorted()
            .toList();
      }
    }
  }
}
