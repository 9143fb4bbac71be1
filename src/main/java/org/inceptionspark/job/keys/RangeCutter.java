package org.inceptionspark.job.keys;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.job.storage.S3Objects;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Examines a range of keys: lists its beginning, and splits the rest where there are keys on both
 * sides. A store can give the first key after any bound; bisection finds where the keys are.
 */
final class RangeCutter {
  private static final int MOST_HALVINGS = 40;

  private final S3Objects objects;
  private final String prefix;
  private final DirectoryFilter names;
  private final KeyAlphabet alphabet = new KeyAlphabet();

  /** A cut, and where the keys after it probably end. */
  private record Cut(String bound, String end) {}

  RangeCutter(S3Objects objects, String prefix, DirectoryFilter names) {
    this.objects = objects;
    this.prefix = prefix;
    this.names = names;
  }

  /**
   * Continues to list the range.
   *
   * @param pages to list at most
   * @return the range with what was seen
   */
  OpenRange look(OpenRange range, int pages) throws IOException {
    int most = pages * objects.pageSize();
    KeyRange rest = new KeyRange(range.from(), range.keys().upTo());
    S3Keys keys = S3Keys.below(objects, prefix, rest, names);
    String last = range.from();
    int seen = 0;
    while (seen < most && keys.hasNext()) {
      S3Object object = keys.next();
      OutOfOrderException.requireOrder(objects.root() + "/" + prefix, last, object.key());
      last = object.key();
      alphabet.learn(last.substring(prefix.length()));
      seen++;
    }
    return seen < most || !keys.hasNext() ? range.seenWhole(seen) : range.seen(seen, last);
  }

  /** Whether two ranges together have at most some pages of keys. */
  boolean fit(OpenRange one, OpenRange other, int pages) {
    return one.whole()
        && other.whole()
        && one.seen() + other.seen() <= (long) pages * objects.pageSize();
  }

  /**
   * Splits the unknown part of a range.
   *
   * @return the parts in order, fewer than requested where no cut is found
   */
  List<OpenRange> cut(OpenRange range, int parts) throws IOException {
    Optional<Cut> cut = parts > 1 ? find(range) : Optional.empty();
    if (cut.isEmpty()) {
      return List.of(range);
    }
    String bound = cut.get().bound();
    List<OpenRange> both = new ArrayList<>(cut(range.before(bound), parts / 2));
    both.addAll(cut(range.behind(bound, cut.get().end()), parts - parts / 2));
    return both;
  }

  private Optional<Cut> find(OpenRange range) throws IOException {
    String first = firstAfter(range.from());
    String end = range.within();
    if (first == null || isBehind(first, end)) {
      return Optional.empty();
    }
    alphabet.learn(first.substring(prefix.length()));
    int shared = shared(first, end);
    end =
        shared > prefix.length()
            ? nearer(KeyAlphabet.behind(first.substring(0, shared)), end)
            : end;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      String middle = alphabet.middle(first, prefix.length(), end);
      if (middle == null) {
        return Optional.empty();
      }
      String key = firstAfter(middle);
      if (key != null && !isBehind(key, end)) {
        alphabet.learn(key.substring(prefix.length()));
        return Optional.of(new Cut(middle, end));
      }
      end = middle;
    }
    return Optional.empty();
  }

  /**
   * The number of leading characters common to all keys of a range, also by bisection, since in
   * long keys most positions are the same.
   */
  private int shared(String first, String end) throws IOException {
    int least = prefix.length();
    int most = first.length();
    while (least + 1 < most) {
      int middle = (least + most) >>> 1;
      String behind = KeyAlphabet.behind(first.substring(0, middle));
      String key = behind == null ? null : firstAfter(behind);
      if (behind != null && (key == null || isBehind(key, end))) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return least;
  }

  private static String nearer(String bound, String end) {
    return end == null || bound.compareTo(end) < 0 ? bound : end;
  }

  private static boolean isBehind(String key, String end) {
    return end != null && key.compareTo(end) > 0;
  }

  private String firstAfter(String key) throws IOException {
    ListObjectsV2Response page = objects.startAfter(prefix, key, 1);
    if (page.contents().isEmpty()) {
      return null;
    }
    String first = page.contents().get(0).key();
    OutOfOrderException.requireBehind(objects.root() + "/" + prefix, key, first);
    return first;
  }
}
