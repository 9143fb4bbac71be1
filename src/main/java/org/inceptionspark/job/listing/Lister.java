package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.inceptionspark.job.keys.KeyPrefix;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.storage.OpenFileSystem;
import org.inceptionspark.job.storage.S3Objects;
import org.inceptionspark.job.storage.StoredObjects;

/**
 * Lists a kind of storage. Paths and objects correspond one to one: by key on S3, by the bytes of
 * the name on a local disk, through Hadoop elsewhere.
 */
interface Lister {
  /**
   * A listed object.
   *
   * @param modified milliseconds since 1970
   * @param etag without quotes; null where the storage has none
   */
  record Found(String path, long length, long modified, String etag) {}

  /**
   * What an input is.
   *
   * @return its {@link Extent#OBJECT} or {@link Extent#TREE}
   * @throws java.io.FileNotFoundException if there is nothing
   */
  ListingUnit root(String input) throws IOException;

  /**
   * Finds the directories in one, which then become units of their own.
   *
   * @param found gets them
   * @return whether these are all; if not, the directory is large, and is listed as a whole
   */
  boolean children(ListingUnit tree, NameFilter filter, List<ListingUnit> found) throws IOException;

  /**
   * A tree as keys that can be split into ranges; empty where storage has directories, or unordered
   * keys.
   */
  default Optional<KeyPrefix> keys(ListingUnit tree, NameFilter filter) {
    return Optional.empty();
  }

  /**
   * The objects of a unit, lazily, and the directories that an {@link Extent#DIRECTORY} leaves to
   * other units, if this lister {@link #tellsDirectories tells} them.
   *
   * @param below gets them in passing
   */
  RemoteIterator<Found> objects(
      ListingUnit unit, NameFilter.OfUnit names, Consumer<ListingUnit> below) throws IOException;

  /** Whether the directories in one are found together with its objects. */
  default boolean tellsDirectories() {
    return false;
  }

  /**
   * The object of exactly this path.
   *
   * @throws IOException if there is none, or a directory, or storage does not say
   */
  Found find(String path) throws IOException;

  /** Whether no two objects can have the same path. */
  default boolean tellsApart() {
    return true;
  }

  /**
   * @throws IOException if an object was requested and this is not one
   */
  static void requireFile(boolean file) throws IOException {
    if (!file) {
      throw new IOException("a directory, and an object is needed");
    }
  }

  /**
   * @param uri of an input or a unit
   */
  static Lister of(String uri, Configuration hadoop) throws IOException {
    FileSystem fileSystem = Location.of(uri, hadoop).fileSystem();
    OpenFileSystem.requireVersions(fileSystem, "input " + uri);
    if (StoredObjects.isLocal(fileSystem)) {
      return new LocalLister(fileSystem);
    }
    Optional<S3Objects> s3 = S3Objects.of(fileSystem);
    return s3.isPresent() ? new S3Lister(fileSystem, s3.get()) : new HadoopLister(fileSystem);
  }
}
