package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.inceptionspark.job.keys.KeyPrefix;
import org.inceptionspark.job.keys.S3Keys;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.storage.Etags;
import org.inceptionspark.job.storage.S3Objects;
import org.inceptionspark.job.storage.StoredObjects;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists a bucket by keys, in pages of a thousand. An object's path is that of the bucket followed
 * by the key, whatever characters it has, so two objects never have the same path.
 */
final class S3Lister implements Lister {
  private static final int LARGE_DIRECTORY = 5_000;
  private static final String SLASH = "/";

  /** Made by old versions of Hadoop for directories. */
  private static final String MARKER = "_$folder$";

  private final FileSystem fileSystem;
  private final S3Objects objects;
  private final String bucket;

  S3Lister(FileSystem fileSystem, S3Objects objects) {
    this.fileSystem = fileSystem;
    this.objects = objects;
    this.bucket = objects.root() + SLASH;
  }

  @Override
  public ListingUnit root(String input) throws IOException {
    String key = key(new Path(input).toString());
    if (!key.isEmpty() && !input.endsWith(SLASH) && isKey(key)) {
      return new ListingUnit(bucket + key, Extent.OBJECT);
    }
    String prefix = key.isEmpty() ? "" : key + SLASH;
    if (!prefix.isEmpty() && objects.page(prefix, null, null).contents().isEmpty()) {
      throw new FileNotFoundException(input);
    }
    return new ListingUnit(bucket + prefix, Extent.TREE);
  }

  @Override
  public Optional<KeyPrefix> keys(ListingUnit tree, NameFilter filter) {
    return objects.isOrdered()
        ? Optional.of(new KeyPrefix(bucket, key(tree.path()), () -> filter.in(tree)))
        : Optional.empty();
  }

  /** By listing, which needs no right to read. A key comes before those that begin with it. */
  private boolean isKey(String key) throws IOException {
    return objects.page(key, null, null).contents().stream().anyMatch(o -> o.key().equals(key));
  }

  private String key(String path) {
    return path.length() <= bucket.length() ? "" : path.substring(bucket.length());
  }

  @Override
  public boolean children(ListingUnit tree, NameFilter filter, List<ListingUnit> found)
      throws IOException {
    NameFilter.OfUnit names = filter.in(tree);
    int seen = 0;
    ListObjectsV2Response page = null;
    do {
      page = objects.page(key(tree.path()), SLASH, page);
      for (CommonPrefix directory : page.commonPrefixes()) {
        if (names.enters(bucket + directory.prefix())) {
          found.add(new ListingUnit(bucket + directory.prefix(), Extent.TREE));
        }
      }
      seen += page.commonPrefixes().size() + page.contents().size();
    } while (page.isTruncated() && seen <= LARGE_DIRECTORY);
    return !page.isTruncated();
  }

  @Override
  public RemoteIterator<Found> objects(
      ListingUnit unit, NameFilter.OfUnit names, Consumer<ListingUnit> below) throws IOException {
    if (unit.extent() == Extent.OBJECT) {
      return RemoteIterators.remoteIteratorFromSingleton(
          found(fileSystem.getFileStatus(new Path(unit.path()))));
    }
    S3Keys keys =
        unit.extent() == Extent.TREE
            ? S3Keys.below(objects, key(unit.path()), unit.keys(), names)
            : S3Keys.in(objects, key(unit.path()), names);
    return RemoteIterators.mappingRemoteIterator(
        RemoteIterators.filteringRemoteIterator(
            keys, object -> isObject(object) && names.takes(bucket + object.key())),
        this::found);
  }

  @Override
  public Found find(String path) throws IOException {
    Path hadoopPath = new Path(path);
    if (StoredObjects.keyThatPathsCannotSay(path, hadoopPath, fileSystem).isEmpty()) {
      FileStatus status = fileSystem.getFileStatus(hadoopPath);
      Lister.requireFile(status.isFile());
      return found(status);
    }
    String key = key(path);
    return objects.page(key, null, null).contents().stream()
        .filter(object -> object.key().equals(key))
        .findFirst()
        .map(this::found)
        .orElseThrow(() -> new FileNotFoundException(path));
  }

  private static boolean isObject(S3Object object) {
    boolean directory = object.key().endsWith(SLASH) || object.key().endsWith(MARKER);
    return !directory || object.size() > 0;
  }

  private Found found(S3Object object) {
    return new Found(
        bucket + object.key(),
        object.size(),
        object.lastModified().toEpochMilli(),
        object.eTag() == null ? null : Etags.unquoted(object.eTag()));
  }

  private static Found found(FileStatus status) {
    String etag = status instanceof S3AFileStatus s3 ? s3.getEtag() : null;
    return new Found(
        status.getPath().toString(),
        status.getLen(),
        status.getModificationTime(),
        etag == null ? null : Etags.unquoted(etag));
  }
}
