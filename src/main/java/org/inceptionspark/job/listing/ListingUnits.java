package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.OpenFileSystem;

/**
 * Divides a listing among tasks: the driver looks into directories, breadth first, until there are
 * enough of them, and never reads more than the beginning of a large one.
 */
final class ListingUnits {
  private static final int LARGE_DIRECTORY = 5_000;

  private final Configuration hadoop;
  private final int wanted;

  /**
   * @param wanted units for each root, if it has so many directories
   */
  ListingUnits(Configuration hadoop, int wanted) {
    this.hadoop = hadoop;
    this.wanted = wanted;
  }

  /**
   * @throws ConfigurationException if there is nothing at this root
   */
  List<ListingUnit> of(String root) throws IOException {
    Path path = new Path(root);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    OpenFileSystem.requireVersions(fileSystem, "input " + root);
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("input " + root + " does not exist" + hint(path), e);
    }
    return status.isFile()
        ? List.of(new ListingUnit(status.getPath().toString(), Extent.OBJECT))
        : directories(fileSystem, status.getPath());
  }

  /** The shell expands patterns of files on this machine, and no others. */
  private static String hint(Path path) {
    String name = path.getName();
    return name.matches(".*[*?\\[{].*")
        ? "; a path is taken as it is: give its directory, and --glob '" + name + "'"
        : "";
  }

  private List<ListingUnit> directories(FileSystem fileSystem, Path root) throws IOException {
    List<ListingUnit> units = new ArrayList<>();
    Deque<Path> unseen = new ArrayDeque<>(List.of(root));
    while (!unseen.isEmpty() && units.size() + unseen.size() < wanted) {
      Path directory = unseen.removeFirst();
      List<Path> children = new ArrayList<>();
      boolean complete = childDirectories(fileSystem, directory, children);
      units.add(new ListingUnit(directory.toString(), complete ? Extent.DIRECTORY : Extent.TREE));
      if (complete) {
        unseen.addAll(children);
      }
    }
    unseen.forEach(tree -> units.add(new ListingUnit(tree.toString(), Extent.TREE)));
    return units;
  }

  /** Whether all were found before the directory turned out to be large. */
  private static boolean childDirectories(FileSystem fileSystem, Path directory, List<Path> found)
      throws IOException {
    try {
      return addChildren(fileSystem.listStatusIterator(directory), found);
    } catch (IOException e) {
      throw StorageFailure.about("directory " + directory, e);
    }
  }

  private static boolean addChildren(RemoteIterator<FileStatus> entries, List<Path> found)
      throws IOException {
    for (int seen = 0; entries.hasNext(); seen++) {
      if (seen == LARGE_DIRECTORY) {
        return false;
      }
      FileStatus entry = entries.next();
      if (entry.isDirectory() && !HiddenNames.isHidden(entry.getPath().getName())) {
        found.add(entry.getPath());
      }
    }
    return true;
  }
}
