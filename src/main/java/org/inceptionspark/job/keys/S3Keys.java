package org.inceptionspark.job.keys;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.fs.RemoteIterator;
import org.inceptionspark.job.storage.S3Objects;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a bucket below a prefix, page after page, each key once. The filter is told of
 * directories that are passed over; most of their keys are never requested.
 */
public final class S3Keys implements RemoteIterator<S3Object> {
  private static final String SLASH = "/";

  private final S3Objects objects;
  private final String bucket;
  private final String prefix;
  private final String delimiter;
  private final KeyRange range;
  private final DirectoryFilter names;
  private ListObjectsV2Response page;
  private Iterator<S3Object> contents;
  private String last;
  private S3Object next;
  private boolean ended;

  private S3Keys(
      S3Objects objects, String prefix, String delimiter, KeyRange range, DirectoryFilter names)
      throws IOException {
    this.objects = objects;
    this.bucket = objects.root() + SLASH;
    this.prefix = prefix;
    this.delimiter = delimiter;
    this.range = range;
    this.names = names;
    this.last = range.after();
    turn();
  }

  /** Only the objects of one directory, not of those below. */
  public static S3Keys in(S3Objects objects, String prefix, DirectoryFilter names)
      throws IOException {
    return new S3Keys(objects, prefix, SLASH, KeyRange.ALL, names);
  }

  /** Those of a range. */
  public static S3Keys below(
      S3Objects objects, String prefix, KeyRange range, DirectoryFilter names) throws IOException {
    return new S3Keys(objects, prefix, null, range, names);
  }

  private void turn() throws IOException {
    page = nextPage();
    page.commonPrefixes().forEach(directory -> names.enters(bucket + directory.prefix()));
    contents = page.contents().iterator();
  }

  private ListObjectsV2Response nextPage() throws IOException {
    if (page == null && !range.after().isEmpty()) {
      return objects.startAfter(prefix, range.after(), objects.pageSize());
    }
    Optional<String> behind = page == null ? Optional.empty() : behindClosedDirectory();
    return behind.isPresent()
        ? objects.startAfter(prefix, behind.get(), objects.pageSize())
        : objects.page(prefix, delimiter, page);
  }

  /** Only if the last key is in one, since there may be any number of them. */
  private Optional<String> behindClosedDirectory() {
    if (delimiter != null || !objects.isOrdered()) {
      return Optional.empty();
    }
    Optional<String> closed = names.closedDirectory(bucket + last);
    Optional<String> behind =
        closed
            .map(directory -> KeyAlphabet.behind(directory.substring(bucket.length())))
            .filter(key -> KeyRange.isBefore(last, key));
    behind.ifPresent(key -> names.enters(closed.get()));
    return behind;
  }

  @Override
  public boolean hasNext() throws IOException {
    while (next == null && !ended && (contents.hasNext() || page.isTruncated())) {
      if (!contents.hasNext()) {
        turn();
        continue;
      }
      S3Object object = contents.next();
      if (!range.equals(KeyRange.ALL)) {
        OutOfOrderException.requireOrder(bucket + prefix, last, object.key());
      }
      ended = range.endsBefore(object.key());
      if (!ended && !object.key().equals(last)) { // a store may repeat the last key of a page
        next = object;
      }
      last = object.key();
    }
    return next != null;
  }

  @Override
  public S3Object next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    S3Object object = next;
    next = null;
    return object;
  }
}
