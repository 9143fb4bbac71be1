package org.inceptionspark.job.listing;

import java.io.Serializable;
import org.inceptionspark.job.keys.KeyRange;

/**
 * A part of the listing that one task does.
 *
 * @param path in the table's form; of a directory, with or without a slash at the end
 * @param keys of a tree in a bucket: the range that belongs to the unit
 */
record ListingUnit(String path, Extent extent, KeyRange keys) implements Serializable {
  enum Extent {
    /** This one object. */
    OBJECT,
    /** The objects of this directory, not of those below. */
    DIRECTORY,
    /** Everything below this directory. */
    TREE,
    /** The same, of a directory so large that one task finds what is in it, and others go on. */
    LARGE_TREE
  }

  ListingUnit(String path, Extent extent) {
    this(path, extent, KeyRange.ALL);
  }

  ListingUnit with(KeyRange range) {
    return new ListingUnit(path, extent, range);
  }

  ListingUnit as(Extent other) {
    return new ListingUnit(path, other);
  }
}
