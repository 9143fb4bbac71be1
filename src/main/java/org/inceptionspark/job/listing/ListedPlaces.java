package org.inceptionspark.job.listing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.job.storage.LocalNames;

/**
 * Directories whose images are listed, or are just being listed, with links resolved. A link to
 * one, or to a directory above, is not followed: it would give images a second path, and a link
 * upwards would give them infinitely many.
 */
record ListedPlaces(List<Path> directories) {
  private static final String LOCAL = "file:";

  /**
   * @param inputs of the listing; only local ones matter
   */
  static ListedPlaces of(List<String> inputs) throws IOException {
    List<Path> real = new ArrayList<>();
    for (String input : inputs) {
      if (input.startsWith(LOCAL)) {
        real.add(LocalNames.path(input).toRealPath());
      }
    }
    return new ListedPlaces(real);
  }

  boolean hold(Path directory) {
    return directories.stream()
        .anyMatch(place -> directory.startsWith(place) || place.startsWith(directory));
  }

  ListedPlaces and(Path directory) {
    List<Path> more = new ArrayList<>(directories);
    more.add(directory);
    return new ListedPlaces(more);
  }
}
