package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.listing.LocalDirectory.Entry;
import org.inceptionspark.job.listing.LocalDirectory.ListedPlaces;
import org.inceptionspark.job.storage.LocalNames;

/**
 * Lists local disks and mounts through {@code java.nio}, whose paths are the names' bytes; Hadoop
 * skips names that the locale cannot represent. A link to a file counts as a file. {@link
 * ListedPlaces} decides which links to directories are followed.
 */
final class LocalLister implements Lister {
  private static final int LARGE_DIRECTORY = 5_000;

  private final FileSystem fileSystem;

  LocalLister(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public ListingUnit root(String input) throws IOException {
    String text = fileSystem.makeQualified(new org.apache.hadoop.fs.Path(input)).toString();
    try {
      Path path = LocalNames.path(text);
      boolean directory = Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
      return new ListingUnit(text, directory ? Extent.TREE : Extent.OBJECT);
    } catch (NoSuchFileException e) {
      throw (IOException) new FileNotFoundException(input).initCause(e);
    }
  }

  /**
   * Without directories reached by links, which the task that lists this directory goes through.
   */
  @Override
  public boolean children(ListingUnit tree, NameFilter filter, List<ListingUnit> found)
      throws IOException {
    NameFilter.OfUnit names = filter.in(tree);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(LocalNames.path(tree.path()))) {
      int seen = 0;
      for (Path entry : entries) {
        if (seen++ == LARGE_DIRECTORY) {
          return false;
        }
        String text = LocalDirectory.below(tree.path(), entry);
        if (LocalDirectory.isOwnDirectory(entry, text) && names.enters(text)) {
          found.add(new ListingUnit(text, Extent.TREE));
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean tellsDirectories() {
    return true;
  }

  @Override
  public RemoteIterator<Found> objects(
      ListingUnit unit, NameFilter.OfUnit names, Consumer<ListingUnit> below) throws IOException {
    Path path = LocalNames.path(unit.path());
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    ListedPlaces places = ListedPlaces.of(names.inputs());
    Entry root = new Entry(path, unit.path(), attributes, places);
    if (unit.extent() == Extent.OBJECT) {
      return RemoteIterators.remoteIteratorFromSingleton(found(root));
    }
    TreeWalk<Entry> walk =
        new TreeWalk<>(
            directory -> LocalDirectory.entries(directory, names),
            entry ->
                entry.attributes().isDirectory()
                    && names.enters(entry.text())
                    && goesOn(unit, entry, places, below),
            root);
    return RemoteIterators.mappingRemoteIterator(
        RemoteIterators.filteringRemoteIterator(
            walk, entry -> entry.attributes().isRegularFile() && names.takes(entry.text())),
        LocalLister::found);
  }

  @Override
  public Found find(String path) throws IOException {
    Path file = LocalNames.path(path);
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Lister.requireFile(!attributes.isDirectory());
    return found(new Entry(file, path, attributes, null));
  }

  private static boolean goesOn(
      ListingUnit unit, Entry directory, ListedPlaces places, Consumer<ListingUnit> below) {
    if (unit.extent() == Extent.DIRECTORY && !isBehindLink(directory, places)) {
      below.accept(new ListingUnit(directory.text(), Extent.TREE));
      return false;
    }
    return true;
  }

  /** If so, no other task goes there. */
  private static boolean isBehindLink(Entry entry, ListedPlaces ofUnit) {
    return entry.places() != ofUnit;
  }

  private static Found found(Entry entry) {
    return new Found(
        entry.text(),
        entry.attributes().size(),
        entry.attributes().lastModifiedTime().toMillis(),
        null);
  }
}
