package org.inceptionspark.job.listing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.storage.LocalNames;

/** Lists a directory, name by name, and records what is neither file nor directory. */
final class LocalDirectory implements RemoteIterator<LocalDirectory.Entry> {
  /**
   * An entry.
   *
   * @param text its path in the table's form
   * @param attributes of the entry or its link's target
   * @param places where a link below it must not lead
   */
  record Entry(Path file, String text, BasicFileAttributes attributes, ListedPlaces places) {}

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

  private final Entry directory;
  private final NameFilter.OfUnit names;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> entries;
  private Entry next;

  private LocalDirectory(Entry directory, NameFilter.OfUnit names) throws IOException {
    this.directory = directory;
    this.names = names;
    this.stream = Files.newDirectoryStream(directory.file());
    this.entries = stream.iterator();
  }

  /** Empty for a directory that this user may not list. */
  static RemoteIterator<Entry> entries(Entry directory, NameFilter.OfUnit names)
      throws IOException {
    try {
      return new LocalDirectory(directory, names);
    } catch (AccessDeniedException e) {
      names.note(Reason.NO_ACCESS, directory.text());
      return RemoteIterators.remoteIteratorFromArray(new Entry[0]);
    }
  }

  /** The text of an entry of a directory. */
  static String below(String directory, Path entry) {
    return directory + (directory.endsWith("/") ? "" : "/") + LocalNames.name(entry);
  }

  /** Whether an entry is a directory, not a link to one, and its text is unambiguous. */
  static boolean isOwnDirectory(Path entry, String text) {
    return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && isMeantBy(text, entry);
  }

  private static boolean isMeantBy(String text, Path entry) {
    return !LocalNames.isEscaped(text) || LocalNames.path(text).equals(entry);
  }

  @Override
  public boolean hasNext() throws IOException {
    try {
      while (next == null && entries.hasNext()) {
        next = entry(entries.next()).orElse(null);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (next == null) {
      stream.close();
    }
    return next != null;
  }

  @Override
  public Entry next() throws IOException {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException();
    }
    Entry entry = next;
    next = null;
    return entry;
  }

  private Optional<Entry> entry(Path file) throws IOException {
    String text = below(directory.text(), file);
    if (!isMeantBy(text, file)) {
      names.note(Reason.NO_FILE, text);
      return Optional.empty();
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      names.note(Reason.NO_ACCESS, text);
      return Optional.empty();
    } catch (FileSystemException linksToNothing) {
      return nothing(file, text);
    }
    if (attributes.isOther()) {
      names.note(Reason.NO_FILE, text);
      return Optional.empty();
    }
    return attributes.isDirectory() && Files.isSymbolicLink(file)
        ? followed(file, text, attributes)
        : Optional.of(new Entry(file, text, attributes, directory.places()));
  }

  private Optional<Entry> nothing(Path file, String text) {
    if (Files.isSymbolicLink(file)) { // else it has just been deleted
      names.note(Reason.NO_FILE, text);
    }
    return Optional.empty();
  }

  private Optional<Entry> followed(Path link, String text, BasicFileAttributes attributes)
      throws IOException {
    Path real = link.toRealPath();
    if (directory.places().hold(real)) {
      names.note(Reason.LINK, text);
      return Optional.empty();
    }
    return Optional.of(new Entry(link, text, attributes, directory.places().and(real)));
  }
}
