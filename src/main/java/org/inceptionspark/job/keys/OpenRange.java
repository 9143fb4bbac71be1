package org.inceptionspark.job.keys;

import java.io.Serializable;

/**
 * A range of keys that is still being split.
 *
 * @param seen number of keys known to be in it
 * @param from the last key seen, after which listing continues
 * @param within where it probably ends, since nothing was found after that; or null
 * @param whole whether all of its keys have been seen
 */
record OpenRange(KeyRange keys, long seen, String from, String within, boolean whole)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final OpenRange ALL = new OpenRange(KeyRange.ALL, 0, "", null, false);

  OpenRange seen(long more, String last) {
    return new OpenRange(keys, seen + more, last, within, whole);
  }

  OpenRange seenWhole(long more) {
    return new OpenRange(keys, seen + more, from, within, true);
  }

  OpenRange before(String cut) {
    return new OpenRange(new KeyRange(keys.after(), cut), seen, from, cut, false);
  }

  OpenRange behind(String cut, String end) {
    return new OpenRange(new KeyRange(cut, keys.upTo()), 0, cut, end, false);
  }

  /** Merges two adjacent complete ranges. */
  OpenRange and(OpenRange following) {
    return new OpenRange(
        new KeyRange(keys.after(), following.keys.upTo()),
        seen + following.seen,
        following.from,
        following.within,
        true);
  }
}
